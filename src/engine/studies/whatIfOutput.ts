import { cosine, largestDifference } from '../../analysis/vectors';
import { throwIfCancelled } from '../../failure/cancellation';
import type { Answer, Question } from '../../protocol/queries';
import { answerLogits } from '../replay/answerLogits';
import { rowOfValue, type Replay } from '../replay/replay';
import { isTokenTask } from '../tokenPredictions';
import { checkToken } from '../traceTokens';
import { changedLabels } from './changedLabels';
import { changedTokens, changedWriting } from './changedTokens';
import type { StudyContext } from './studyContext';

/** Passes take nearly all of the time; the rest is for the head. */
const HALFWAY = 0.45;
const PASSES = 0.9;

/** Both passes over the tokens of a trace. */
export interface BothPasses {
  readonly asTrained: Replay;
  readonly changed: Replay;
}

/** What a change does to what the model says of the same tokens. @throws Failure `trace.noToken`, `change.*` */
export async function whatIfOutput(
  context: StudyContext,
  { change, position }: Question<'whatIfOutput'>,
): Promise<Answer<'whatIfOutput'>> {
  const asTrained = await context.replay([], [], { from: 0, to: HALFWAY });
  const changed = await context.replay([change], [], { from: HALFWAY, to: PASSES });
  const passes = { asTrained, changed };
  const count = asTrained.states.shape[0]!;
  if (position !== null) checkToken(position, count);
  const output = await outputOf(context, passes, position);
  throwIfCancelled(context.signal);
  const at = 'position' in output ? output.position : 0;
  return {
    output,
    cosine: cosine(rowOfValue(asTrained.states, at), rowOfValue(changed.states, at)),
    largest: largestDifference(asTrained.states.numbers, changed.states.numbers),
  };
}

async function outputOf(
  context: StudyContext,
  passes: BothPasses,
  position: number | null,
): Promise<Answer<'whatIfOutput'>['output']> {
  const { model, trace } = context;
  const task = model.transformer.head?.config.task ?? null;
  if (task === null) return { kind: 'states', position: position ?? 0 };
  if (trace.architecture === 'encoderDecoder' && task === 'nextToken')
    return changedWriting(context, passes, position);
  if (isTokenTask(task)) return changedTokens(context, passes, task, position);
  const count = passes.asTrained.states.shape[0]!;
  const before = await answerLogits(model, passes.asTrained, 0, count);
  const after = await answerLogits(model, passes.changed, 0, count);
  return changedLabels(trace.plan, model.transformer.head!.config, { before, after }, position);
}
