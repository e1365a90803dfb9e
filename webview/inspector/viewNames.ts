import type { Translate } from '../../src/language/translate';
import type { Navigation } from '../../src/protocol/navigation';

export type ViewName = Navigation['view'];

/** The views by the names on their tabs. */
export const viewNames = (t: Translate): Readonly<Record<ViewName, string>> => ({
  matrix: t('Matrix'),
  row: t('Row'),
  positions: t('Positions'),
  prediction: t('Prediction'),
  film: t('Film'),
  compare: t('Compare'),
  steps: t('Steps'),
  heads: t('Heads'),
  whatIf: t('What if'),
  map: t('Map'),
  tour: t('“it” tour'),
  learn: t('Learn'),
});
