/** Whether and why there is something to see of a prediction. Pure. */
import { describeFailure, type Translate } from '../../src/language/translate';
import { isRunning } from '../../src/navigation/traceState';
import type { ModelSummary } from '../../src/protocol/trace';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';

/** What an encoder–decoder writes stands in its output line, with candidates of its own. */
export const offersPrediction = ({
  task,
  architecture,
}: Pick<ModelSummary, 'task' | 'architecture'>): boolean =>
  task !== null && !(task === 'nextToken' && architecture === 'encoderDecoder');

/** Why there is no prediction on screen; null: there is one. */
export function whyNoPrediction(snapshot: TraceSnapshot, t: Translate): string | null {
  const { plan, prediction, outcome, failure } = snapshot;
  // Without the engine's memory no candidates can be asked for, but what is known stays true.
  if (prediction !== null) return null;
  if (plan !== null && !offersPrediction(plan.model))
    return t(
      'What this model predicts is its output, written above. Choose an output token: the tab “Row” lists its candidates.',
    );
  if (isRunning(snapshot)) return t('The prediction comes when all layers are computed.');
  if (outcome === 'cancelled')
    return t(
      'The run was cancelled before the model came to a prediction. Run it again to see one.',
    );
  return failure === null ? t('This run came to no prediction.') : describeFailure(failure, t);
}
