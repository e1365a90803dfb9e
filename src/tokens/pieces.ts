/** A token as the model cuts it out of a piece of text: `[start, end)` in UTF-16 units of that piece. */
export interface Piece {
  readonly id: number;
  readonly piece: string;
  readonly start: number;
  readonly end: number;
}

/** A vocabulary and the way a piece of text is spelled with it. */
export interface PieceModel {
  readonly vocabulary: ReadonlyMap<string, number>;
  /** The pieces cover the text without gaps, except where the vocabulary has nothing for a character. */
  tokenize(text: string): Piece[];
}

/** An entry of the vocabulary for what has none. */
export interface UnknownPiece {
  readonly id: number;
  readonly piece: string;
}
