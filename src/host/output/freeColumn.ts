/** A column of the editor area, as far as it matters where a document is opened. */
export interface Column {
  readonly column: number;
  /** In front is something that the reader is to go on seeing. */
  readonly covers: boolean;
  /** It has a tab with an output. */
  readonly hasOutput: boolean;
}

/** As many as VS Code names. */
const MOST_COLUMNS = 9;

/**
 * Where an output is opened: where another one is, else where it covers neither the text it is of nor
 * the panel, else in a new column behind the others. With no room for one, in the last.
 */
export function freeColumn(columns: readonly Column[]): number {
  const free = columns.filter(({ covers }) => !covers);
  const found = free.find(({ hasOutput }) => hasOutput) ?? free[0];
  if (found !== undefined) return found.column;
  return Math.min(MOST_COLUMNS, Math.max(0, ...columns.map(({ column }) => column)) + 1);
}
