import { characterBytes, utf8Bytes } from './bytes';
import { cellsOf, cellsOfBytes, replaceCells, textOf, type Cell, type OwnedByte } from './cells';
import { compilePattern, literalPattern } from './patterns';
import type { DecoderFile, FlatDecoderFile } from './tokenizerFile';

/** Tokens on their way to text: one list of cells a token, or fewer once tokens have flowed together. */
type Parts = readonly (readonly Cell[])[];
export type Decode = (parts: Parts) => Parts;

type File<Type extends FlatDecoderFile['type']> = Extract<FlatDecoderFile, { type: Type }>;

/**
 * The decoders of the Rust library, on cells instead of strings, so that each character of the text
 * knows its tokens. The JavaScript library's own decoders return bare text.
 */
export function decoderOf(file: DecoderFile, folder: string): Decode {
  switch (file.type) {
    case 'Sequence': {
      const steps = file.decoders.map((step) => decoderOf(step, folder));
      return (parts) => steps.reduce((decoded, step) => step(decoded), parts);
    }
    case 'ByteLevel':
      return (parts) => [cellsOfBytes(parts.flatMap(spelledBytes))];
    case 'ByteFallback':
      return byteFallback;
    case 'Fuse':
      return (parts) => [parts.flat()];
    case 'Strip':
      return (parts) => parts.map((cells) => strip(cells, file));
    case 'Replace': {
      const pattern = compilePattern(file.pattern, folder);
      return (parts) => parts.map((cells) => replaceCells(cells, pattern, file.content));
    }
    case 'Metaspace':
      return metaspace(file);
    case 'WordPiece':
      return wordPiece(file);
    case 'BPEDecoder': {
      const suffix = literalPattern(file.suffix);
      return (parts) =>
        parts.map((cells, index) =>
          replaceCells(cells, suffix, index === parts.length - 1 ? '' : ' '),
        );
    }
    case 'CTC':
      return ctc(file);
  }
}

/** The bytes a byte-level token spells; a token with any other character (an added one) stands for itself. */
function spelledBytes(cells: readonly Cell[]): OwnedByte[] {
  const spelled = cells.map(({ text }) => characterBytes.get(text));
  const isSpelled = spelled.every((byte) => byte !== undefined);
  return cells.flatMap(({ text, first }, index) =>
    (isSpelled ? [spelled[index] ?? 0] : utf8Bytes(text)).map((byte) => ({ byte, token: first })),
  );
}

/** Runs of `<0xE4>` tokens become the characters they spell. */
function byteFallback(parts: Parts): Parts {
  const decoded: (readonly Cell[])[] = [];
  let run: OwnedByte[] = [];
  const flush = (): void => {
    if (run.length > 0) decoded.push(cellsOfBytes(run));
    run = [];
  };
  for (const cells of parts) {
    const hex = /^<0x([0-9a-f]{2})>$/i.exec(textOf(cells))?.[1];
    if (hex !== undefined)
      run.push({ byte: Number.parseInt(hex, 16), token: cells[0]?.first ?? 0 });
    else {
      flush();
      decoded.push(cells);
    }
  }
  flush();
  return decoded;
}

function strip(cells: readonly Cell[], { content, start, stop }: File<'Strip'>): readonly Cell[] {
  let from = 0;
  let to = cells.length;
  while (from < Math.min(start, cells.length) && cells[from]?.text === content) from++;
  while (cells.length - to < stop && to > from && cells[to - 1]?.text === content) to--;
  return cells.slice(from, to);
}

function metaspace(file: File<'Metaspace'>): Decode {
  const marks = literalPattern(file.replacement);
  const prepends =
    (file.prepend_scheme ?? (file.add_prefix_space === false ? 'never' : 'always')) !== 'never';
  return (parts) =>
    parts.map((cells, index) => replaceCells(cells, marks, index === 0 && prepends ? '' : ' '));
}

function wordPiece({ prefix, cleanup }: File<'WordPiece'>): Decode {
  return (parts) =>
    parts.map((cells, index) => {
      let word = cells;
      if (index > 0) {
        const continues = prefix !== '' && textOf(cells).startsWith(prefix);
        word = continues ? cells.slice([...prefix].length) : spaceBefore(cells);
      }
      return cleanup === false ? word : cleanUp(word);
    });
}

export function spaceBefore(cells: readonly Cell[]): readonly Cell[] {
  const token = cells[0]?.first;
  return token === undefined ? cells : [...cellsOf(' ', token), ...cells];
}

/** The mending of English that transformers does over a whole text and the Rust library within a token. */
const mending: readonly (readonly [RegExp, string])[] = [
  [/ \./g, '.'],
  [/ \?/g, '?'],
  [/ !/g, '!'],
  [/ ,/g, ','],
  [/ ' /g, "'"],
  [/ n't/g, "n't"],
  [/ 'm/g, "'m"],
  [/ 's/g, "'s"],
  [/ 've/g, "'ve"],
  [/ 're/g, "'re"],
];

/** No space before a full stop, none around an apostrophe, … */
export function cleanUp(cells: readonly Cell[]): readonly Cell[] {
  return mending.reduce((mended, [from, to]) => replaceCells(mended, from, to), cells);
}

function ctc(file: File<'CTC'>): Decode {
  const [pad, delimiter] = [
    literalPattern(file.pad_token),
    literalPattern(file.word_delimiter_token),
  ];
  return (parts) =>
    parts
      .filter((cells, index) => index === 0 || textOf(cells) !== textOf(parts[index - 1] ?? []))
      .map((cells) => replaceCells(cells, pad, ''))
      .map((cells) =>
        file.cleanup === false ? cells : replaceCells(cleanUp(cells), delimiter, ' '),
      );
}
