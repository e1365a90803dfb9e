import { utf8Character } from './bytes';

/** A character of decoded text and the tokens (first to last) it comes from. */
export interface Cell {
  readonly text: string;
  readonly first: number;
  readonly last: number;
}

export const cellsOf = (text: string, token: number): Cell[] =>
  Array.from(text, (character) => ({ text: character, first: token, last: token }));

export const textOf = (cells: readonly Cell[]): string => cells.map(({ text }) => text).join('');

/** A byte and the token it comes from. */
export interface OwnedByte {
  readonly byte: number;
  readonly token: number;
}

/**
 * The characters that bytes spell. Bytes that spell none (half a character, because the model has
 * not written the rest or never will) are left out: no text stands for their tokens.
 */
export function cellsOfBytes(owned: readonly OwnedByte[]): Cell[] {
  const bytes = owned.map(({ byte }) => byte);
  const cells: Cell[] = [];
  for (let at = 0; at < bytes.length; ) {
    const found = utf8Character(bytes, at);
    const end = at + (found?.length ?? 1);
    const first = owned[at]?.token ?? 0;
    if (found) cells.push({ text: found.character, first, last: owned[end - 1]?.token ?? first });
    at = end;
  }
  return cells;
}

/** Replaces every match; what is put in belongs to the tokens of the match. */
export function replaceCells(cells: readonly Cell[], pattern: RegExp, content: string): Cell[] {
  const starts: number[] = [];
  let units = 0;
  for (const { text } of cells) {
    starts.push(units);
    units += text.length;
  }
  const replaced: Cell[] = [];
  let done = 0;
  const copyUntil = (unit: number): void => {
    for (; done < cells.length && (starts[done] ?? 0) < unit; done++) replaced.push(cells[done] as Cell);
  };
  for (const match of textOf(cells).matchAll(pattern)) {
    copyUntil(match.index);
    const from = done;
    while (done < cells.length && (starts[done] ?? 0) < match.index + match[0].length) done++;
    const first = cells[from]?.first;
    const last = cells[done - 1]?.last;
    if (first === undefined || last === undefined || done === from) continue;
    for (const character of content) replaced.push({ text: character, first, last });
  }
  copyUntil(units);
  return replaced;
}
