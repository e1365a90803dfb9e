import type { Piece } from './pieces';

/** A text without the characters that a vocabulary has no token for. */
interface Known {
  readonly text: string;
  /** A piece of that text, placed in the whole one. */
  placed(piece: Piece): Piece;
}

/**
 * A BPE model without unknown token passes over such characters, and its merges reach across the gap.
 * Null if there are none. `suffix` marks the last character of a word.
 */
export function knownCharacters(
  text: string,
  suffix: string,
  vocabulary: ReadonlyMap<string, number>,
): Known | null {
  const units: number[] = [];
  let known = '';
  let at = 0;
  for (const character of text) {
    const isLast = at + character.length === text.length;
    if (vocabulary.has(isLast ? character + suffix : character)) {
      known += character;
      for (let unit = 0; unit < character.length; unit++) units.push(at + unit);
    }
    at += character.length;
  }
  if (known.length === text.length) return null;
  return {
    text: known,
    placed: (piece) => ({
      ...piece,
      start: units[piece.start] ?? 0,
      end: (units[piece.end - 1] ?? 0) + 1,
    }),
  };
}
