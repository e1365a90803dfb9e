/** How vocabularies mark pieces: those that go on a word, or those that begin one. */
const MARKS = [
  { mark: '##', continues: true }, // WordPiece
  { mark: '▁', continues: false }, // SentencePiece
  { mark: 'Ġ', continues: false }, // byte-level BPE: a blank before the word
] as const;

/** Pieces that must bear a mark before it is taken for one: a stray “##” is an ordinary piece. */
const ENOUGH = 8;

/** Whether a piece goes on a word rather than beginning one; null: the vocabulary does not tell. */
export type WordStarts = (piece: string) => boolean | null;

/** Finds out how a vocabulary marks where words begin. */
export function wordStartsOf(pieces: Iterable<string>): WordStarts {
  const counts = MARKS.map(() => 0);
  for (const piece of pieces) {
    for (const [i, { mark }] of MARKS.entries()) if (piece.startsWith(mark)) counts[i]!++;
  }
  const most = Math.max(...counts);
  if (most < ENOUGH) return () => null;
  const { mark, continues } = MARKS[counts.indexOf(most)]!;
  // Punctuation stands by itself, whatever its mark.
  return (piece) => (isWordPart(piece) ? piece.startsWith(mark) === continues : null);
}

const isWordPart = (piece: string): boolean =>
  /[\p{L}\p{N}]/u.test(piece.replace(/^(##|▁|Ġ)/u, ''));
