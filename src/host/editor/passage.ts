import { Failure } from '../../failure/failure';
import { sentenceAround } from '../../language/sentenceAround';
import { MAX_TEXT_CHARACTERS } from '../../protocol/limits';
import type { Span } from './trackedText';

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

/** Texts that a model can read together. */
const MOST_TEXTS = 2;

/**
 * What a reader means by selections and cursor: one selection, two as a pair in the order of the
 * document, or without any the sentence around the cursor. Refuses what is empty, too long or too
 * many before a character of it is copied. @throws Failure `text.*`
 */
export function passagesAt(
  source: TextSource,
  selected: readonly Span[],
  cursor: number,
): readonly Span[] {
  if (selected.length > MOST_TEXTS)
    throw new Failure('text.selections', { count: selected.length, limit: MOST_TEXTS });
  const characters = selected.reduce((sum, [start, end]) => sum + end - start, 0);
  if (characters > MAX_TEXT_CHARACTERS)
    throw new Failure('text.tooLong', { characters, limit: MAX_TEXT_CHARACTERS });
  const passages =
    selected.length === 0 ? [sentenceAt(source, cursor)] : selected.toSorted(([a], [b]) => a - b);
  for (const [start, end] of passages)
    if (source.slice(start, end).trim() === '') throw new Failure('text.empty');
  return passages;
}

function sentenceAt(source: TextSource, cursor: number): Span {
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
  return [from + first, from + last];
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
