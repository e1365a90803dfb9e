// A trace of any checkpoint over token ids of our own, and what its studies answer.
import { PictureQueue } from '../../../../src/engine/pictureQueue';
import { LoadedModel } from '../../../../src/engine/loadedModel';
import { NodeModelFolder } from '../../../../src/engine/nodeModelFolder';
import { madeOfStudy } from '../../../../src/engine/studies/madeOfStudy';
import { stepsStudy } from '../../../../src/engine/studies/stepsStudy';
import { stepVectorsStudy } from '../../../../src/engine/studies/stepVectorsStudy';
import { StudyContext } from '../../../../src/engine/studies/studyContext';
import { Trace } from '../../../../src/engine/trace';
import type { Answer, Question } from '../../../../src/protocol/queries';
import { planWith, tokenOf } from '../../../support/traceParts';
import { written } from '../../../support/writings';

/** Ids that no small model has as padding, start or end. */
const IDS = [5, 17, 33, 41, 9, 28, 44, 17];
const WRITTEN = [7, 31, 12, 25, 14];

export interface OpenedTrace {
  readonly model: LoadedModel;
  readonly trace: Trace;
  steps(question: Question<'steps'>): Promise<Answer<'steps'>>;
  vectors(question: Question<'stepVectors'>): Promise<Answer<'stepVectors'>>;
  madeOf(question: Question<'madeOf'>): Promise<Answer<'madeOf'>>;
}

export async function openTrace(
  folder: string,
  ids: readonly number[] = IDS,
): Promise<OpenedTrace> {
  const model = await LoadedModel.load(new NodeModelFolder(folder), { aborted: false });
  const tokens = (of: readonly number[]) => of.map((id) => tokenOf(`t${id}`, { id }));
  const both = model.summary.architecture === 'encoderDecoder';
  const plan = planWith({
    model: model.summary,
    text: '',
    source: tokens(ids),
    target: both ? tokens([model.startToken]) : [],
  });
  const trace = new Trace('made', plan, model, new PictureQueue());
  if (both) for (const token of tokens(WRITTEN)) trace.write(written(token));
  const context = new StudyContext(
    trace,
    { aborted: false },
    () => undefined,
    () => Promise.resolve(),
  );
  return {
    model,
    trace,
    steps: (question) => stepsStudy(context, question),
    vectors: (question) => stepVectorsStudy(context, question),
    madeOf: (question) => madeOfStudy(context, question),
  };
}
