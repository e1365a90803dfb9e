/** What it means for a reader how the inspected text and its document stand to each other. */
import type { Translate } from '../../src/language/translate';
import type { DocumentLink } from '../../src/protocol/readerState';

/** Whether the editor has characters to show: edited ones still stand in their places. */
export const canReveal = (link: DocumentLink): boolean => link === 'linked' || link === 'stale';

/** What must be said of it; null where there is nothing to say. */
export function linkWords(link: DocumentLink, t: Translate): string | null {
  if (link === 'stale') return t('The text has changed since.');
  if (link === 'lost')
    return t('Shown from memory: the document is closed or holds something else.');
  return null;
}
