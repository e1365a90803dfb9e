import type { Token } from '../protocol/trace';
import type { Tokenizer } from '../tokens/tokenizer';

/** Output tokens with the characters each stands for in the text they decode to. */
export function outputTokens(tokenizer: Tokenizer, ids: readonly number[]): Token[] {
  const { text, spans } = tokenizer.decode(ids);
  return ids.map((id, i) => {
    const piece = tokenizer.pieceOf(id);
    const span = spans[i] ?? null;
    const label = span && span[1] > span[0] ? text.slice(span[0], span[1]) : piece;
    return { piece, label, id, span: span && [span[0], span[1]], special: tokenizer.isSpecial(id) };
  });
}

/** How a single token reads by itself: a candidate that was not written has no text around it. */
export function candidateLabel(tokenizer: Tokenizer, id: number): string {
  if (tokenizer.isSpecial(id)) return tokenizer.pieceOf(id);
  const { text } = tokenizer.decode([id]);
  return text.trim() === '' ? tokenizer.pieceOf(id) : text;
}
