import type { Translate } from '../../language/translate';
import type { Subject } from '../inspection/subject';

/** Of the documents that show outputs. */
export const OUTPUT_SCHEME = 'headlight-output';

/** Their language: plain text that is wrapped, with no marks of VS Code's own among the colours. */
export const OUTPUT_LANGUAGE = 'headlight-output';

/**
 * What an output's document is known by, over reruns, branches and window reloads: the place of the
 * text that was read. Texts from no document share one by where they come from.
 */
export const outputKey = ({ place, origin }: Pick<Subject, 'place' | 'origin'>): string =>
  place === null ? origin : JSON.stringify([place.uri, place.line, place.character]);

/**
 * What its tab shows: `Output of notes.md:3`. Without the language, which a rerun
 * may change while the document stays. A slash would make folders of it.
 */
export const outputName = ({ origin }: Pick<Subject, 'origin'>, t: Translate): string =>
  t('Output of {origin}', { origin: origin.replaceAll(/[/\\]/g, '_') });
