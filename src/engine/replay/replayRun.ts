import { throwIfCancelled, type Cancellation } from '../../failure/cancellation';
import { Failure } from '../../failure/failure';
import type { Change } from '../../protocol/change';
import { hookNames } from '../../transformer/hookNames';
import type { HookName } from '../../transformer/probe';
import { tokenBatch, type TokenBatch } from '../../transformer/sequence';
import type { LoadedModel } from '../loadedModel';
import { freeBytes } from '../memoryGuard';
import { batchOf } from '../prepareText';
import type { Trace } from '../trace';
import { changedRun } from './changedRun';
import { hookBytes } from './hookBytes';
import { KeepProbe } from './keepProbe';
import { passLength, targetRead } from './passLength';
import { Replay } from './replay';

/** A pass of a short text keeps all there is, so that the next question needs none. */
const EVERYTHING_BYTES = 32 * 2 ** 20;
/** Share of the free memory that one replay may take. */
const FREE_SHARE = 0.5;
const MB = 2 ** 20;

/** How a pass is watched. */
export interface ReplayControl {
  readonly signal: Cancellation;
  /** Told the fraction of the layers that are computed. */
  progress(fraction: number): void;
  /** Lets messages in between two layers. */
  breathe(): Promise<void>;
}

/**
 * A pass over the tokens of a trace, with changes: values at the hooks asked for, and where a text
 * is short, at all others. Tokens that an encoder–decoder wrote are given to it (teacher forcing).
 * @throws Failure `memory.run`, `run.cancelled`, `change.*`; no tensor is left behind
 */
export async function replayRun(
  trace: Trace,
  model: LoadedModel,
  changes: readonly Change[],
  asked: readonly HookName[],
  control: ReplayControl,
): Promise<Replay> {
  const { transformer } = model;
  const names = namesToKeep(trace, model, asked);
  const keep = new KeepProbe(names);
  const source = batchOf({ source: trace.read, typeIds: trace.typeIds });
  const run = changedRun(trace, changes, keep);
  const layers =
    (transformer.encoder?.config.layers ?? 0) + (transformer.decoder?.config.layers ?? 0);
  let done = 0;
  throwIfCancelled(control.signal);
  // Without the head: of a long text times a large vocabulary it would take longer than all layers.
  const states = await transformer.states(
    source,
    targetBatch(trace),
    run.probe,
    {
      signal: control.signal,
      async afterLayer() {
        done++;
        control.progress(done / layers);
        await control.breathe();
      },
    },
    run.variations,
  );
  try {
    const numbers = await states.data<'float32'>();
    return new Replay(keep.values, { shape: states.shape, numbers });
  } finally {
    states.dispose();
  }
}

/** What is given to the decoder of an encoder–decoder; null: there is none. */
function targetBatch(trace: Trace): TokenBatch | null {
  if (trace.architecture !== 'encoderDecoder') return null;
  return tokenBatch([trace.target.slice(0, targetRead(trace)).map(({ id }) => id)]);
}

function namesToKeep(
  trace: Trace,
  { transformer, summary }: LoadedModel,
  asked: readonly HookName[],
): ReadonlySet<HookName> {
  const length = passLength(trace);
  const needed = hookBytes(asked, summary, length);
  const available = freeBytes() * FREE_SHARE;
  if (needed > available) {
    const args = { needed: Math.ceil(needed / MB), available: Math.floor(available / MB) };
    throw new Failure('memory.run', args);
  }
  // Single heads' results are heads times as large as all else, and z · W_O at one token is cheap.
  const stacks = hookNames({ ...transformer.config, head: null });
  const all = stacks.filter((name) => !name.endsWith('.result'));
  const everything = hookBytes(all, summary, length) <= EVERYTHING_BYTES;
  return new Set(everything ? [...asked, ...all] : asked);
}
