/** What it means for a reader how the inspected text and its document stand to each other. */
import type { Translate } from '../../src/language/translate';
import type { Side } from '../../src/protocol/address';
import type { DocumentLink } from '../../src/protocol/readerState';
import type { Token } from '../../src/protocol/trace';

/** Characters that an editor can show. */
export type Revealable = Pick<Token, 'span' | 'part'>;

/**
 * The characters of a token, if an editor has them: edited ones still stand in their places, and the
 * output can always be opened as a document. Null: there are none to show.
 */
export function revealable(
  token: Token | undefined,
  side: Side,
  link: DocumentLink,
): Revealable | null {
  if (token === undefined || token.span === null) return null;
  const part = side === 'target' ? 'output' : token.part;
  const shown = part === 'output' || link === 'linked' || link === 'stale';
  return shown ? { span: token.span, part } : null;
}

/** What must be said of it; null where there is nothing to say. */
export function linkWords(link: DocumentLink, t: Translate): string | null {
  if (link === 'stale') return t('The text has changed since.');
  if (link === 'lost')
    return t('Shown from memory: the document is closed or holds something else.');
  return null;
}
