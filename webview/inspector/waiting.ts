/** Why something is not on screen yet, in words; null when it is. */
import { describeFailure, type Translate } from '../../src/language/translate';
import { isComputed } from '../../src/navigation/navigationRules';
import { isRunning, readCount, tokensOf } from '../../src/navigation/traceState';
import { visibleLabel } from '../../src/navigation/labels';
import type { Known } from './latest';
import type { Sight } from './view';

export function describeWaiting(
  { snapshot, navigation, preview }: Sight,
  known: Pick<Known<'matrix' | 'row'>, 'answer' | 'failure'>,
  what: 'matrix' | 'row',
  t: Translate,
): string | null {
  if (!isComputed(navigation, snapshot))
    return isRunning(snapshot)
      ? t('Not computed yet; it appears as soon as it is.')
      : t('The run ended before this was computed. Run it again, or choose an earlier layer.');
  if (known.failure !== null) return describeFailure(known.failure, t);
  if (what === 'row') {
    const token = preview ?? navigation.token;
    if (token === null) return t('Choose a token above to see its weights.');
    const chosen = tokensOf(snapshot, token.side)[token.index];
    if (chosen === undefined) return null;
    if (navigation.hideSpecials && chosen.special)
      return t('“{token}” is a special token, and these are hidden.', {
        token: visibleLabel(chosen),
      });
    if (token.index >= readCount(snapshot, token.side))
      return isRunning(snapshot)
        ? t('“{token}” was just written; its weights exist once the model reads it.', {
            token: visibleLabel(chosen),
          })
        : t(
            '“{token}” was written last: the model stopped before reading it, so it has no weights of its own.',
            { token: visibleLabel(chosen) },
          );
  }
  return known.answer === null ? t('Asking the engine…') : null;
}
