import { Engine } from '../../src/engine/engine';
import { LoadedModel } from '../../src/engine/loadedModel';
import { NodeModelFolder } from '../../src/engine/nodeModelFolder';
import type { FromEngine, ToEngine } from '../../src/protocol/engineMessages';
import type { EngineOptions } from '../../src/protocol/engineOptions';
import { noProbe } from '../../src/transformer/probe';
import { unwatched } from '../../src/transformer/runControl';
import { tokenBatch } from '../../src/transformer/sequence';
import { wordsOf, writeTokenizer } from './writeTokenizer';

/** How long it takes until a longer text is there, and how long its token alone. */
export interface EditTimes {
  /** From the message that asks for a text of one more token until its run has finished. */
  readonly editMs: readonly number[];
  /** The same until the pictures of all layers are there as well. */
  readonly picturesMs: readonly number[];
  /** One token behind as many others: keys and values kept, the likeliest next token read, nothing captured. */
  readonly stepMs: readonly number[];
}

/** What is measured with: a GPT-2 with random weights. */
export interface EditedText {
  readonly folder: string;
  readonly vocabulary: number;
  /** Tokens before the first edit. */
  readonly tokens: number;
  /** Edits and steps, in turns. */
  readonly rounds: number;
}

const unlimited = { aborted: false };

/** Appends word after word to a text, and in between decodes as many tokens with the same weights. */
export async function editToUpdate(
  options: EngineOptions,
  { folder, vocabulary, tokens, rounds }: EditedText,
): Promise<EditTimes> {
  await writeTokenizer(folder, vocabulary);
  const words = wordsOf(vocabulary);
  const textOf = (count: number): string =>
    Array.from({ length: count }, (_, i) => ` ${words[(i * 7919) % words.length]}`).join('');
  const listeners = new Set<(message: FromEngine) => void>();
  const engine = await Engine.start(options, (message) => {
    for (const listener of listeners) listener(message);
  });
  const model = await LoadedModel.load(new NodeModelFolder(folder), unlimited);
  const step = await stepsBehind(model, tokens);
  const times = { editMs: [] as number[], picturesMs: [] as number[], stepMs: [] as number[] };
  try {
    for (let round = 0; round <= rounds; round++) {
      if (round > 0) engine.receive(released(round - 1));
      const text = textOf(tokens + round);
      const { reused, finishedMs, allMs } = await run(engine, listeners, round, { folder, text });
      if (round === 0) continue; // the text as it was before any edit
      if (reused !== tokens + round - 1) throw new Error(`${reused} tokens were reused`);
      times.editMs.push(finishedMs);
      times.picturesMs.push(allMs);
      times.stepMs.push(await step());
    }
  } finally {
    model.dispose();
    engine.dispose();
  }
  return times;
}

const released = (round: number): ToEngine => ({
  type: 'release',
  trace: `edit ${round}`,
  again: true,
});

/** What became of a run. */
interface Ran {
  /** Tokens that were taken over from the text before. */
  readonly reused: number;
  readonly finishedMs: number;
  /** Until the last picture, too. */
  readonly allMs: number;
}

function run(
  engine: Engine,
  listeners: Set<(message: FromEngine) => void>,
  round: number,
  { folder, text }: { readonly folder: string; readonly text: string },
): Promise<Ran> {
  const trace = `edit ${round}`;
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    let reused = 0;
    let missing = 0;
    let finishedMs: number | null = null;
    const listener = (message: FromEngine): void => {
      if (message.type === 'planned') {
        reused = message.plan.reused ?? 0;
        missing = message.plan.model.layers.decoder;
      } else if (message.type === 'picture') missing--;
      else if (message.type === 'finished') {
        finishedMs = performance.now() - begin;
        if (message.outcome !== 'complete') reject(new Error(JSON.stringify(message.failure)));
      }
      if (finishedMs === null || missing > 0) return;
      listeners.delete(listener);
      resolve({ reused, finishedMs, allMs: performance.now() - begin });
    };
    listeners.add(listener);
    engine.receive({
      type: 'run',
      trace,
      model: folder,
      text,
      pair: null,
      language: null,
      writing: null,
      trainedTokens: null,
      preview: 'off',
    } satisfies ToEngine);
    engine.receive({ type: 'credit', trace, pictures: 64 } satisfies ToEngine);
  });
}

/** Decodes a token behind so many others, again and again. @returns what does so and tells how long it took */
async function stepsBehind(
  { transformer }: LoadedModel,
  tokens: number,
): Promise<() => Promise<number>> {
  const decoding = transformer.startDecoding(null);
  const ids = Array.from({ length: tokens }, (_, i) => 13 + i);
  (await decoding.run(tokenBatch([ids]), noProbe, unwatched)).dispose();
  return async () => {
    const begin = performance.now();
    const logits = await transformer.decode(decoding, tokenBatch([[7]]), noProbe, unwatched);
    await logits.data();
    logits.dispose();
    const took = performance.now() - begin;
    decoding.truncate(tokens);
    return took;
  };
}
