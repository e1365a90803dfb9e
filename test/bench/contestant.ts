import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { gc } from './collectGarbage';
import { idsOf, type Shape } from './shapes';

/** Told each layer's attention `[head, query, key]` as numbers in JavaScript's hands. */
export type SeePattern = (pattern: Float32Array) => void;

/** What an engine does to take part, in a process of its own, with the model of one folder. */
export interface Contestant {
  /** What computes, in words. */
  readonly about: string;
  /** Resolves when the answer has been read: all states, or the logits of the last position. */
  forward(ids: Int32Array, see: SeePattern): Promise<void>;
  /** Prepares steps behind so many tokens; null: this engine has no cache, or its model no use for one. */
  readonly startSteps: ((context: number) => Promise<Steps>) | null;
}

/** Steps of decoding, each of one token behind the same context. */
export interface Steps {
  step(token: number, see: SeePattern): Promise<void>;
  dispose(): void;
}

/** What the process of an engine is told as its argument, as JSON. */
export interface Entry {
  readonly folder: string;
  readonly shape: Shape;
  readonly threads: number;
  /** What else this engine wants to know. */
  readonly options: Readonly<Record<string, string | number | boolean>>;
}

export type Ask =
  | { readonly ask: 'load' }
  | {
      readonly ask: 'forward';
      readonly length: number;
      readonly warmUps: number;
      readonly runs: number;
    }
  | {
      readonly ask: 'step';
      readonly context: number;
      readonly warmUps: number;
      readonly runs: number;
    }
  | { readonly ask: 'patterns'; readonly length: number; readonly file: string };

export interface Reply {
  readonly failure?: string;
  readonly about?: string;
  /** Milliseconds of each run, of loading. */
  readonly ms?: readonly number[];
  /** Milliseconds until the first layer's attention was there, each run. */
  readonly firstLayerMs?: readonly number[];
  /** Most resident memory of the process so far, in bytes. */
  readonly peakBytes?: number;
}

/** Before each reply: engines write other things to the standard output too. */
export const REPLY_MARK = 'bench:';

/** Garbage of this size is collected between runs, outside of what is timed. */
const LARGE_BYTES = 32 * 2 ** 20;

export const entryOfProcess = (): Entry => JSON.parse(process.argv[2] ?? '') as Entry;

/** Answers what is asked on the standard input until it ends. */
export async function takePart(load: (entry: Entry) => Promise<Contestant>): Promise<void> {
  const entry = entryOfProcess();
  let contestant: Contestant | null = null;
  for await (const line of createInterface({ input: process.stdin })) {
    const ask = JSON.parse(line) as Ask;
    let reply: Reply;
    try {
      if (ask.ask === 'load') {
        const start = performance.now();
        contestant = await load(entry);
        reply = { about: contestant.about, ms: [performance.now() - start] };
      } else if (contestant === null) throw new Error('Nothing is loaded.');
      else reply = await answer(contestant, entry.shape, ask);
    } catch (error) {
      reply = { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
    const peakBytes = process.resourceUsage().maxRSS * 1024;
    console.log(`${REPLY_MARK}${JSON.stringify({ ...reply, peakBytes })}`);
  }
  process.exit(0);
}

async function answer(
  contestant: Contestant,
  shape: Shape,
  ask: Exclude<Ask, { ask: 'load' }>,
): Promise<Reply> {
  if (ask.ask === 'patterns') {
    const kept: Float32Array[] = [];
    await contestant.forward(idsOf(shape, ask.length), (pattern) => kept.push(pattern));
    writeFileSync(ask.file, Buffer.concat(kept.map(bytesOf)));
    return {};
  }
  if (ask.ask === 'forward') {
    const ids = idsOf(shape, ask.length);
    return timed(ask, (see) => contestant.forward(ids, see));
  }
  const steps = await contestant.startSteps?.(ask.context);
  if (!steps) throw new Error('This engine decodes nothing.');
  try {
    const [token = 0] = idsOf(shape, 1);
    return await timed(ask, (see) => steps.step(token, see));
  } finally {
    steps.dispose();
  }
}

/** Runs something several times; what it returned stays in hand until the run is over. */
async function timed(
  { warmUps, runs }: { readonly warmUps: number; readonly runs: number },
  run: (see: SeePattern) => Promise<void>,
): Promise<Reply> {
  const ms: number[] = [];
  const firstLayerMs: number[] = [];
  for (let i = 0; i < warmUps + runs; i++) {
    const kept: Float32Array[] = [];
    const start = performance.now();
    let first = Number.NaN;
    await run((pattern) => {
      if (kept.length === 0) first = performance.now() - start;
      kept.push(pattern);
    });
    const all = performance.now() - start;
    if (i >= warmUps) {
      ms.push(all);
      firstLayerMs.push(first);
    }
    const bytes = kept.reduce((sum, { byteLength }) => sum + byteLength, 0);
    kept.length = 0;
    if (bytes >= LARGE_BYTES) gc();
  }
  return { ms, firstLayerMs };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
