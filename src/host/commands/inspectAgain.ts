import { Failure } from '../../failure/failure';
import type { DocumentLinks } from '../editor/documentLinks';
import type { Inspections } from '../inspection/inspections';
import { charactersOf, type Subject } from '../inspection/subject';
import { MAX_TEXT_CHARACTERS } from '../../protocol/limits';

/**
 * The current text once more: of an edited document as it is now, in another language or written on in
 * another way if one is given; after everything was closed, the last text there was.
 */
export function inspectAgain(
  inspections: Inspections,
  links: DocumentLinks,
  change: Partial<Pick<Subject, 'language' | 'writing'>> = {},
): void {
  const { current, last } = inspections;
  if (current === null) {
    if (last !== null) inspections.inspect({ ...last, ...change });
    return;
  }
  const now = current.link === 'stale' ? links.textNow(current.key) : null;
  if (now !== null) {
    if (now.text.trim() === '' || now.pair?.text.trim() === '') throw new Failure('text.empty');
    const characters = charactersOf(now);
    if (characters > MAX_TEXT_CHARACTERS)
      throw new Failure('text.tooLong', { characters, limit: MAX_TEXT_CHARACTERS });
  }
  inspections.rerun(current.key, { ...now, ...change });
}
