import { utf8Bytes } from './bytes';
import type { Piece, UnknownPiece } from './pieces';

/** What is done with a stretch of text that the vocabulary does not know. */
export interface Fallback {
  /** One token a UTF-8 byte, `<0xE4>`, if the vocabulary has them all. */
  readonly bytes: boolean;
  readonly unknown: UnknownPiece | null;
  /** Neighbouring unknown stretches become one token. */
  readonly fuse: boolean;
  /** Whether an unknown token is spelled as the text it stands for rather than `<unk>`. */
  readonly keepsText: boolean;
}

/**
 * Turns the stretches a model cut a text into (`surfaces`, as they stand in the text) into tokens.
 * The library does this too, but forgets how much text each unknown token stands for.
 */
export function piecesOf(
  surfaces: readonly { readonly text: string; readonly length: number }[],
  vocabulary: ReadonlyMap<string, number>,
  fallback: Fallback,
): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let unknownBefore = false;
  for (const { text, length } of surfaces) {
    const start = at;
    at += length;
    const id = vocabulary.get(text);
    const isUnknown = id === undefined || id === fallback.unknown?.id;
    const bytes = id === undefined && fallback.bytes ? bytePieces(text, start, vocabulary) : null;
    if (bytes) pieces.push(...bytes);
    else if (!isUnknown) pieces.push({ id, piece: text, start, end: at });
    else if (fallback.unknown)
      pushUnknown(pieces, { text, start, end: at }, fallback, unknownBefore);
    unknownBefore = isUnknown && !bytes;
  }
  return pieces;
}

function pushUnknown(
  pieces: Piece[],
  { text, start, end }: { readonly text: string; readonly start: number; readonly end: number },
  { unknown, fuse, keepsText }: Fallback,
  unknownBefore: boolean,
): void {
  if (!unknown) return;
  const last = pieces.at(-1);
  if (fuse && unknownBefore && last)
    pieces[pieces.length - 1] = { ...last, piece: keepsText ? last.piece + text : last.piece, end };
  else pieces.push({ id: unknown.id, piece: keepsText ? text : unknown.piece, start, end });
}

/** A token for every byte; those of one character stand for all of it. Null if one is missing. */
function bytePieces(
  text: string,
  start: number,
  vocabulary: ReadonlyMap<string, number>,
): Piece[] | null {
  const pieces: Piece[] = [];
  let at = start;
  for (const character of text) {
    for (const byte of utf8Bytes(character)) {
      const piece = `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
      const id = vocabulary.get(piece);
      if (id === undefined) return null;
      pieces.push({ id, piece, start: at, end: at + character.length });
    }
    at += character.length;
  }
  return pieces;
}
