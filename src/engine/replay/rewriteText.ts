import { throwIfCancelled } from '../../failure/cancellation';
import { Failure } from '../../failure/failure';
import type { Change } from '../../protocol/change';
import { querySide } from '../../protocol/stacks';
import { CachedSteps } from '../../transformer/cachedSteps';
import { write } from '../../transformer/generate/write';
import { noProbe } from '../../transformer/probe';
import { likelihoods } from '../candidates';
import type { LoadedModel } from '../loadedModel';
import { batchOf } from '../prepareText';
import type { Trace } from '../trace';
import { chooserOf, outputTask, type OutputTask } from '../writing/writingTask';
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
 * Lets a model write its output anew, in the same way, with changes in every step. Nothing of it is
 * kept in the trace.
 * @throws Failure `change.noText`, `change.given`, `change.beams`, `change.nothingLater`,
 * `change.otherTokens`, `run.cancelled`; no tensor is left behind
 */
export async function rewriteText(
  trace: Trace,
  model: LoadedModel,
  changes: readonly Change[],
  { signal, progress, breathe }: ReplayControl,
): Promise<WrittenAnew> {
  const task = taskOf(trace, model);
  for (const change of changes) checkWhileWriting(trace, change);
  const { transformer } = model;
  const { probe, variations } = changedRun(trace, changes, noProbe);
  const control = { signal, afterLayer: breathe };
  const most = Math.min(
    task.maxNewTokens,
    Math.max(task.given.length + 1, LENGTH_FACTOR * trace.written.length + LENGTH_REST),
  );
  const ids: number[] = [];
  const probabilities: number[] = [];
  throwIfCancelled(signal);
  const tokens = batchOf({ source: trace.plan.source, typeIds: trace.typeIds });
  const states = transformer.encoder
    ? await transformer.encode(tokens, probe, control, variations.encoder)
    : null;
  let steps: CachedSteps | undefined;
  try {
    const memory = states && { states, tokens };
    const decoding = transformer.startDecoding(memory, probe, variations.decoder);
    steps = new CachedSteps(transformer, decoding, probe, control);
    const prompt = { rows: [trace.plan[trace.writingSide].map(({ id }) => id)] };
    const plan = { prompt, maxNewTokens: most, given: task.given };
    const chooser = chooserOf(task.writing.search);
    await write(steps, plan, task.options, chooser, ({ tokens: [id], logits }) => {
      throwIfCancelled(signal);
      ids.push(id!);
      probabilities.push(likelihoods(logits, id!).written);
      progress(ids.length / most);
    });
    return { ids, probabilities, ended: task.options.endTokens.includes(ids.at(-1)!) };
  } finally {
    steps?.dispose();
    states?.dispose();
  }
}

/** How the output came about, which may not be done again in every case. */
function taskOf({ plan }: Trace, model: LoadedModel): OutputTask {
  const { writing, text, source } = plan;
  if (writing === null) throw new Failure('change.noText');
  if (!writing.further) throw new Failure('change.given');
  // Beams are several texts at once; a change means one.
  if (writing.search.kind === 'beam') throw new Failure('change.beams');
  return outputTask(model, writing, { text, ids: source.map(({ id }) => id) });
}

/** Changes of the output's tokens have no meaning while these are yet to be chosen. */
function checkWhileWriting(trace: Trace, change: Change): void {
  switch (change.kind) {
    case 'unmasked':
      throw new Failure('change.nothingLater');
    case 'positionsSwapped':
      if (change.side === trace.writingSide) throw new Failure('change.otherTokens');
      return;
    case 'otherQuery':
      if (querySide(trace.architecture, change.scope.stack) === trace.writingSide)
        throw new Failure('change.otherTokens');
      return;
    default:
  }
}
