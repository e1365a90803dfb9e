import { Failure } from '../../failure/failure';
import { sentenceAround } from '../../language/sentenceAround';
import { MAX_TEXT_CHARACTERS } from '../../protocol/limits';

/**
 * How far around the cursor a sentence is looked for. Longer than any sentence; short enough that
 * a file of many megabytes costs nothing.
 */
export const SENTENCE_RADIUS = 4_000;

/** A document as far as needed here; offsets in UTF-16 units. */
export interface TextSource {
  readonly length: number;
  slice(start: number, end: number): string;
}

/** A text to inspect and where it begins. */
export interface Passage {
  readonly text: string;
  readonly start: number;
}

/**
 * What a reader means by selection and cursor: the selection if there is one, else the sentence
 * around the cursor. Refuses what is empty or too long before a character of it is copied.
 */
export function passageAt(source: TextSource, start: number, end: number): Passage {
  if (end - start > MAX_TEXT_CHARACTERS)
    throw new Failure('text.tooLong', { characters: end - start, limit: MAX_TEXT_CHARACTERS });
  const passage =
    start === end ? sentenceAt(source, start) : { text: source.slice(start, end), start };
  if (passage.text.trim() === '') throw new Failure('text.empty');
  return passage;
}

function sentenceAt(source: TextSource, cursor: number): Passage {
  let from = Math.max(0, cursor - SENTENCE_RADIUS);
  let to = Math.min(source.length, cursor + SENTENCE_RADIUS);
  let around = source.slice(from, to);
  // The window's edge may cut a surrogate pair; half a character is not the reader's doing.
  if (from > 0 && isLowSurrogate(around.charCodeAt(0))) {
    from += 1;
    around = around.slice(1);
  }
  if (to < source.length && isHighSurrogate(around.charCodeAt(around.length - 1))) {
    to -= 1;
    around = around.slice(0, -1);
  }
  const [first, last] = sentenceAround(around, cursor - from);
  return { text: around.slice(first, last), start: from + first };
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
