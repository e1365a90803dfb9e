import { Failure } from '../../../failure/failure';
import { currentStep, stepCount, toStep } from '../../../navigation/film';
import type { Inspections } from '../../inspection/inspections';
import type { Reader } from '../../inspection/reader';

/**
 * Winds the film on or back by a step; at either end it stays.
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
  const next = Math.max(0, Math.min(step + by, stepCount(snapshot) - 1));
  reader.navigate(toStep(snapshot, navigation, next));
}
