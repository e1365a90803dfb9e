/** What a person means by the selections of the editor when a model is to write. Pure. */
import type { TextInDocument } from '../../editor/textInDocument';
import type { Inspection } from '../../inspection/inspection';

/** A text that comes before an output: the one that is inspected already, or one of a document. */
export type SourceText = Inspection | TextInDocument;

export const isInspected = (source: SourceText): source is Inspection => 'snapshot' in source;

/** The text of a source. */
export const textOfSource = (source: SourceText): string =>
  isInspected(source) ? source.subject.text : source.text;

/** A text and what its output shall be; null: that is to be typed. */
export interface ForcedTexts {
  readonly source: SourceText;
  readonly target: string | null;
  /** Both were shown: nothing is left to ask. */
  readonly sure: boolean;
}

const isSame = (selected: TextInDocument | undefined, { subject }: Inspection): boolean =>
  selected?.text === subject.text;

/** Whether a cursor has left an inspected text for another sentence of the same document. */
const isElsewhere = (sentence: TextInDocument | null, { subject }: Inspection): boolean =>
  sentence?.place != null &&
  sentence.place.uri === subject.place?.uri &&
  !subject.text.includes(sentence.text) &&
  !sentence.text.includes(subject.text);

/**
 * What the model shall write from: what is selected, unless that is what is inspected already; without a
 * selection what is inspected, unless the cursor stands in another sentence of its document, and where
 * nothing is inspected the sentence at the cursor.
 * @param selected one text or two, the upper first; empty: nothing is selected
 */
export function sourceToWriteFrom(
  selected: readonly TextInDocument[],
  current: Inspection | null,
  atCursor: () => TextInDocument | null,
): SourceText | null {
  const [first] = selected;
  if (first !== undefined) return current !== null && isSame(first, current) ? current : first;
  const sentence = atCursor();
  return current === null || isElsewhere(sentence, current) ? sentence : current;
}

/**
 * Two selections are a text and its output. One is the output of what is inspected, or, where that is
 * nothing or the very same, a text whose output is yet to be typed.
 */
export function textsToForce(
  selected: readonly TextInDocument[],
  current: Inspection | null,
  atCursor: () => TextInDocument | null,
): ForcedTexts | null {
  const [first, second] = selected;
  if (first !== undefined && second !== undefined) {
    const source = current !== null && isSame(first, current) ? current : first;
    return { source, target: second.text, sure: true };
  }
  if (first !== undefined && current !== null && !isSame(first, current))
    return { source: current, target: first.text, sure: false };
  const source = sourceToWriteFrom(selected, current, atCursor);
  return source && { source, target: null, sure: false };
}
