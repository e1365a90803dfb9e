import { Failure } from '../../../failure/failure';
import { currentStep, standsAtStep, stepCount, toStep } from '../../../navigation/film';
import { isRunning } from '../../../navigation/traceState';
import type { Inspections } from '../../inspection/inspections';
import type { Reader } from '../../inspection/reader';

/**
 * Winds the film on or back by a step; at either end it stays. Where the reader stands at no step, on
 * is the first one, as playing begins there.
 * @throws Failure `trace.none`, `writing.nothing`
 */
export function windFilm(
  { current }: Pick<Inspections, 'current'>,
  reader: Pick<Reader, 'navigate'>,
  by: 1 | -1,
): void {
  if (current === null) throw new Failure('trace.none');
  const { snapshot, navigation } = current;
  const step = currentStep(snapshot, navigation);
  if (step === null) throw new Failure('writing.nothing');
  const last = stepCount(snapshot) - 1;
  const begins = by > 0 && !isRunning(snapshot) && !standsAtStep(snapshot, navigation);
  const next = begins ? 0 : Math.max(0, Math.min(step + by, last));
  reader.navigate(toStep(snapshot, navigation, next));
}
