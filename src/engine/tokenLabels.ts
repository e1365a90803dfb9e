import type { VocabularyToken } from '../protocol/studies/neurons';
import type { Candidate, Token } from '../protocol/trace';
import { characterBytes, utf8Character } from '../tokens/bytes';
import type { Tokenizer } from '../tokens/tokenizer';

/** Output tokens with the characters each stands for in the text they decode to. */
export function outputTokens(tokenizer: Tokenizer, ids: readonly number[]): Token[] {
  const { text, spans } = tokenizer.decode(ids);
  const words = tokenizer.wordsOfOutput(ids);
  return ids.map((id, i) => {
    const span = spans[i] ?? null;
    const label =
      span && span[1] > span[0] ? text.slice(span[0], span[1]) : candidateLabel(tokenizer, id);
    return {
      piece: tokenizer.pieceOf(id),
      label,
      id,
      span: span && [span[0], span[1]],
      special: tokenizer.isSpecial(id),
      word: words[i] ?? null,
      part: null,
    };
  });
}

/**
 * How a single token reads by itself: a candidate that was not written has no text around it. Bytes
 * that are no whole character read `<0xF0>`; what would not be seen, as the vocabulary spells it.
 */
export function candidateLabel(tokenizer: Tokenizer, id: number): string {
  const piece = tokenizer.pieceOf(id);
  // Some models have more outputs than their vocabulary has pieces, to fill a round number.
  if (piece === '') return `<${id}>`;
  if (tokenizer.isSpecial(id)) return piece;
  const { text } = tokenizer.decode([id]);
  return withBytes(piece, text) ?? (text.trim() === '' ? piece : text);
}

/** An entry of the vocabulary, as views list it. */
export const vocabularyToken = (tokenizer: Tokenizer, id: number): VocabularyToken => ({
  id,
  label: candidateLabel(tokenizer, id),
  continues: tokenizer.continuesWord(id),
});

/** A token that might stand somewhere, as views list it. */
export const candidateOf = (
  tokenizer: Tokenizer,
  { id, probability }: { readonly id: number; readonly probability: number },
): Candidate => ({ ...vocabularyToken(tokenizer, id), probability });

/**
 * The text of a piece of byte-level vocabularies with the bytes that decoding left out; null if it
 * left none out.
 */
function withBytes(piece: string, text: string): string | null {
  const bytes: number[] = [];
  for (const character of piece) {
    const byte = characterBytes.get(character);
    if (byte === undefined) return null;
    bytes.push(byte);
  }
  let whole = '';
  let shown = '';
  for (let at = 0; at < bytes.length;) {
    const found = utf8Character(bytes, at);
    whole += found?.character ?? '';
    shown += found?.character ?? `<0x${bytes[at]!.toString(16).toUpperCase().padStart(2, '0')}>`;
    at += found?.length ?? 1;
  }
  // A vocabulary of another kind may spell “é” with the sign of a byte: its text then is that sign.
  return whole === text && shown !== whole ? shown : null;
}
