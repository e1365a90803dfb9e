import { throwIfCancelled } from '../../failure/cancellation';
import { Failure } from '../../failure/failure';
import type { Change } from '../../protocol/change';
import { querySide } from '../../protocol/stacks';
import { CachedSteps } from '../../transformer/cachedSteps';
import { greedy } from '../../transformer/generate/greedy';
import { noProbe } from '../../transformer/probe';
import { likelihoods } from '../candidates';
import type { LoadedModel } from '../loadedModel';
import { batchOf } from '../prepareText';
import { writesOutput } from '../runTrace';
import type { Trace } from '../trace';
import { changedRun } from './changedRun';
import type { ReplayControl } from './replayRun';

/** A changed model may never end. What is twice as long as the text it wrote, and some more, is no answer. */
const LENGTH_FACTOR = 2;
const LENGTH_REST = 16;

/** What a model wrote, and with which probability each token. */
export interface WrittenAnew {
  readonly ids: readonly number[];
  readonly probabilities: readonly number[];
  /** False: it was cut off. */
  readonly ended: boolean;
}

/**
 * Lets an encoder–decoder write its output anew, greedily and under the same options, with changes in
 * every step. Nothing of it is kept in the trace.
 * @throws Failure `change.noText`, `change.nothingLater`, `change.otherTokens`, `run.cancelled`; no
 * tensor is left behind
 */
export async function rewriteText(
  trace: Trace,
  { transformer, generation, summary }: LoadedModel,
  changes: readonly Change[],
  { signal, progress, breathe }: ReplayControl,
): Promise<WrittenAnew> {
  if (!writesOutput(summary)) throw new Failure('change.noText');
  for (const change of changes) checkWhileWriting(trace, change);
  const { probe, variations } = changedRun(trace, changes, noProbe);
  const control = { signal, afterLayer: breathe };
  const source = batchOf(trace);
  const { target, maxNewTokens } = trace.plan;
  const most = Math.min(maxNewTokens, LENGTH_FACTOR * trace.written.length + LENGTH_REST);
  const ids: number[] = [];
  const probabilities: number[] = [];
  throwIfCancelled(signal);
  const states = await transformer.encode(source, probe, control, variations.encoder);
  let steps: CachedSteps | undefined;
  try {
    const memory = { states, tokens: source };
    const decoding = transformer.startDecoding(memory, probe, variations.decoder);
    steps = new CachedSteps(transformer, decoding, probe, control);
    const prompt = { rows: [target.map(({ id }) => id)] };
    await greedy(steps, { prompt, maxNewTokens: most }, generation, ({ tokens, logits }) => {
      throwIfCancelled(signal);
      const id = tokens[0]!;
      ids.push(id);
      probabilities.push(likelihoods(logits, id).written);
      progress(ids.length / most);
    });
    return { ids, probabilities, ended: generation.endTokens.includes(ids.at(-1)!) };
  } finally {
    steps?.dispose();
    states.dispose();
  }
}

/** Changes of the output's tokens have no meaning while these are yet to be chosen. */
function checkWhileWriting(trace: Trace, change: Change): void {
  switch (change.kind) {
    case 'unmasked':
      throw new Failure('change.nothingLater');
    case 'positionsSwapped':
      if (change.side === 'target') throw new Failure('change.otherTokens');
      return;
    case 'otherQuery':
      if (querySide(trace.architecture, change.scope.stack) === 'target')
        throw new Failure('change.otherTokens');
      return;
    default:
  }
}
