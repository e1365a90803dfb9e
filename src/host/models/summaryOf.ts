import { Failure } from '../../failure/failure';
import type { ModelSummary } from '../../protocol/trace';
import type { LoadingDisplay } from './modelOpener';
import type { ModelSource } from './modelSource';
import type { ModelKnowledge } from './modelState';

/**
 * What the engine says of a model, which is loaded unless that is known already. Null: the person thought
 * better of it.
 * @throws Failure why it cannot be loaded
 */
export async function summaryOf(
  { facts, models }: ModelKnowledge,
  display: LoadingDisplay,
  model: ModelSource,
): Promise<ModelSummary | null> {
  const { folder } = model;
  if (facts.of(folder).summary === null) {
    const failure = await display(models.nameOf(model), false, (progress, { signal }) =>
      facts.load(folder, { progress, signal }),
    );
    if (failure?.code === 'run.cancelled') return null;
    if (failure !== null) throw new Failure(failure.code, failure.args);
  }
  return facts.of(folder).summary;
}
