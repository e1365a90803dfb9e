import type { Span } from './alignedText';

/** How SentencePiece and byte-level vocabularies write the blank before a word. */
const BLANKS: ReadonlySet<string | undefined> = new Set(['▁', 'Ġ']);

/**
 * Spans as a reader sees them: a blank that the tokenizer put before a text that begins without one
 * stands for no character. The reference gives it those of the token behind it.
 */
export const withoutPrefixMark = (
  pieces: readonly string[],
  spans: readonly (Span | null)[],
): readonly (Span | null)[] =>
  spans.map((span, index) => {
    const next = spans[index + 1];
    const borrowed = BLANKS.has(pieces[index]) && span !== null && next?.[0] === span[0];
    return borrowed ? null : span;
  });
