import { Failure } from '../failure/failure';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The lines of a file with one sentence a line. Lines end with LF or CR LF, the last one may do without;
 * a byte-order mark at the start is none of the first sentence. Empty lines are sentences too: what
 * stands on the same line of another file belongs to them.
 */
export function sentenceLines(text: string): string[] {
  const lines = (text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text).split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}

/** What was written as one line, which is all that a file with one sentence a line can hold of it. */
export const asOneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ').trim();

/** A file by its name, as messages say it. */
export interface NamedLines {
  readonly file: string;
  readonly lines: readonly string[];
}

/** @throws Failure `score.noLines`, `score.lineCounts` unless all have as many lines as the first, and any */
export function checkLines([first, ...others]: readonly [NamedLines, ...NamedLines[]]): void {
  for (const { file, lines } of [first, ...others])
    if (lines.length === 0) throw new Failure('score.noLines', { file });
  for (const { file, lines } of others) {
    if (lines.length === first.lines.length) continue;
    const counts = { lines: first.lines.length, others: lines.length };
    throw new Failure('score.lineCounts', { file: first.file, other: file, ...counts });
  }
}
