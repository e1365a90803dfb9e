import { Failure } from '../../failure/failure';
import type { Translate } from '../../language/translate';
import type { Inspections } from '../inspection/inspections';
import type { Reader } from '../inspection/reader';

/**
 * Looks at words instead of tokens, or at tokens again, in every view. Says which: what changes may be
 * in a panel that is not on screen.
 */
export function toggleWords(
  { current }: Pick<Inspections, 'current'>,
  reader: Pick<Reader, 'navigate'>,
  say: (words: string) => void,
  t: Translate,
): void {
  if (current === null) throw new Failure('trace.gone');
  const unit = current.navigation.unit === 'token' ? 'word' : 'token';
  reader.navigate({ unit });
  say(unit === 'word' ? t('Headlight: words instead of tokens.') : t('Headlight: tokens.'));
}
