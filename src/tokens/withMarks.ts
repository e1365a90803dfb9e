import type { Span } from './alignedText';

/** Signs that belong to the character before them: accents, vowel signs, variation selectors, joiners. */
const MARK = /[\p{M}\u200c\u200d]/u;

/**
 * Spans with the marks behind them that no token stands for. Normalising melts a letter and its
 * accent into one character, which the reference maps to the letter alone; on screen the two are one.
 */
export function withMarks(
  text: string,
  spans: readonly (Span | null)[],
): readonly ([number, number] | null)[] {
  const starts = new Set(spans.flatMap((span) => (span === null ? [] : [span[0]])));
  return spans.map((span) => {
    if (span === null) return null;
    const [start, end] = span;
    let to = end;
    while (to < text.length && !starts.has(to)) {
      const mark = String.fromCodePoint(text.codePointAt(to) ?? 0);
      if (!MARK.test(mark)) break;
      to += mark.length;
    }
    return [start, to];
  });
}
