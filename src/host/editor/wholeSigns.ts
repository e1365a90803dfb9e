import type { Span } from './trackedText';

/** Signs that are drawn as one with the one before: marks, variation selectors, joiners, skin tones. */
const TRAILING = /^(?:\p{M}|\u200c|\u200d|\p{Emoji_Modifier})/u;
const JOINER = '\u200d';
const FLAG_LETTER = /^[\u{1f1e6}-\u{1f1ff}]/u;
const FLAG_LETTERS_BEFORE = /[\u{1f1e6}-\u{1f1ff}]*$/u;
/** Units of one letter of a flag. */
const FLAG_LETTER_UNITS = 2;

/**
 * Spans for painting: tokens that stand for parts of one sign on screen (a family of joined emoji, a
 * flag, a letter with its accents) all get that sign. Two colours on one glyph would blend into a
 * third that stands for nothing.
 */
export function wholeSigns(
  text: string,
  spans: readonly (Span | null)[],
): readonly (Span | null)[] {
  const whole: (Span | null)[] = [...spans];
  let first = -1;
  for (const [index, span] of spans.entries()) {
    if (span === null) continue;
    const before = first < 0 ? null : (whole[first] ?? null);
    const joined =
      before !== null && span[0] <= before[1] && (span[0] < before[1] || isInside(text, span[0]));
    if (!joined) {
      first = index;
      continue;
    }
    const sign: Span = [before[0], Math.max(before[1], span[1])];
    for (let member = first; member <= index; member++)
      if (whole[member] !== null) whole[member] = sign;
  }
  return whole;
}

/** Whether an offset lies within one sign on screen. */
function isInside(text: string, at: number): boolean {
  const rest = text.slice(at, at + FLAG_LETTER_UNITS);
  if (TRAILING.test(rest) || text[at - 1] === JOINER) return true;
  if (!FLAG_LETTER.test(rest)) return false;
  const [letters = ''] = FLAG_LETTERS_BEFORE.exec(text.slice(0, at)) ?? [];
  return (letters.length / FLAG_LETTER_UNITS) % 2 === 1;
}
