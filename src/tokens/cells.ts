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
  for (let at = 0; at < bytes.length;) {
    const found = utf8Character(bytes, at);
    const end = at + (found?.length ?? 1);
    const first = owned[at]?.token ?? 0;
    if (found) cells.push({ text: found.character, first, last: owned[end - 1]?.token ?? first });
    at = end;
  }
  return cells;
}

/**
 * Replaces every match. A character of `content` that stands in the match keeps its tokens; any
 * other belongs to all tokens of the match.
 */
export function replaceCells(cells: readonly Cell[], pattern: RegExp, content: string): Cell[] {
  const starts: number[] = [];
  let units = 0;
  for (const { text } of cells) {
    starts.push(units);
    units += text.length;
  }
  const replaced: Cell[] = [];
  let done = 0;
  for (const match of textOf(cells).matchAll(pattern)) {
    const from = cellAt(starts, match.index, done);
    const to = cellAt(starts, match.index + match[0].length, from);
    replaced.push(...cells.slice(done, from), ...inherit(content, cells.slice(from, to)));
    done = to;
  }
  return [...replaced, ...cells.slice(done)];
}

/** The cell, from `from` on, that begins at a unit. */
function cellAt(starts: readonly number[], unit: number, from: number): number {
  let at = from;
  while (at < starts.length && (starts[at] ?? 0) < unit) at++;
  return at;
}

function inherit(content: string, match: readonly Cell[]): Cell[] {
  const first = match[0]?.first;
  const last = match.at(-1)?.last;
  if (first === undefined || last === undefined) return [];
  let next = 0;
  return Array.from(content, (text) => {
    const same = match.findIndex((cell, index) => index >= next && cell.text === text);
    if (same >= 0) next = same + 1;
    return match[same] ?? { text, first, last };
  });
}
