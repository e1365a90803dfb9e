/** Why something is not on screen yet, in words; null when it is. */
import { describeFailure, type Translate } from '../../src/language/translate';
import { isComputed, rowAddress } from '../../src/navigation/navigationRules';
import { whyNoRow } from '../../src/navigation/whyNoRow';
import type { Known } from './latest';
import type { Sight } from './view';

export function describeWaiting(
  { snapshot, navigation, preview }: Sight,
  known: Pick<Known<'matrix' | 'row'>, 'answer' | 'failure'>,
  what: 'matrix' | 'row',
  t: Translate,
): string | null {
  const standing =
    preview === null ? navigation : { ...navigation, token: { ...preview, locked: false } };
  const why = (): string => describeFailure(whyNoRow(standing, snapshot), t);
  if (!isComputed(standing, snapshot)) return why();
  if (known.failure !== null) return describeFailure(known.failure, t);
  if (what === 'row' && rowAddress(standing, snapshot, null) === null) return why();
  return known.answer === null ? t('Asking the engine…') : null;
}
