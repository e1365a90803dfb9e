import { aggregateRow, readBy, type HeadSelection } from './aggregate';
import type { AttentionRecord } from './attentionRecord';
import { hideSpecials } from './hideSpecials';
import { mergedRow } from './mergedRow';
import { tokensIn, type TokenGroup } from './tokenGroup';

/** Which matrix, with the layers already looked up: one, or all of a stack for their mean. */
export interface MatrixSelection extends MatrixView {
  readonly layers: readonly AttentionRecord[];
  readonly head: HeadSelection;
}

/**
 * How its rows and columns are shown. One order for all: heads and layers are aggregated token by
 * token, then tokens are merged, then special entries are hidden and the row renormalised, once. So
 * a word's row is the mean of its tokens' rows as the model has them, and what is hidden before
 * merging or after makes no difference.
 */
export interface MatrixView {
  /** Special entries among queries and keys, where they are to be hidden; null where all are shown. */
  readonly hide: { readonly queries: readonly boolean[]; readonly keys: readonly boolean[] } | null;
  /** Tokens shown as one entry, of those read; null where each is an entry by itself. */
  readonly groups: {
    readonly queries: readonly TokenGroup[];
    readonly keys: readonly TokenGroup[];
  } | null;
}

/** Every token by itself, none hidden. */
export const wholeView: MatrixView = { hide: null, groups: null };

/** A row or column as it is shown. Hidden entries are NaN. */
export interface AttentionRow {
  readonly weights: Float32Array<ArrayBuffer>;
  /** Share of weight on hidden entries: of the row; for a column, the mean over its queries. */
  readonly hidden: number;
}

/** How many entries a matrix has. */
export function sizeOf({ layers, groups }: MatrixSelection): {
  readonly queries: number;
  readonly keys: number;
} {
  if (!groups) return readBy(layers);
  return { queries: groups.queries.length, keys: groups.keys.length };
}

/** What `query` looks at: `[key]`. */
export function looksAt(matrix: MatrixSelection, query: number): AttentionRow {
  const row = wholeRow(matrix, query);
  return matrix.hide
    ? hideSpecials(row, matrix.hide.keys, matrix.head)
    : { weights: row, hidden: 0 };
}

/** By which queries `key` is looked at: `[query]`, each number the same as in that query's row. */
export function lookedAt(matrix: MatrixSelection, key: number): AttentionRow {
  const { queries } = sizeOf(matrix);
  const weights = new Float32Array(queries);
  let hidden = 0;
  let shown = 0;
  for (let query = 0; query < queries; query++) {
    if (matrix.hide?.queries[query]) {
      weights[query] = Number.NaN;
      continue;
    }
    const row = looksAt(matrix, query);
    weights[query] = row.weights[key] ?? 0;
    hidden += row.hidden;
    shown++;
  }
  return { weights, hidden: shown === 0 ? 0 : hidden / shown };
}

/** Rows `[from, to)` of the matrix, `[query − from, key]` row-major; rows of hidden queries are NaN. */
export function matrixRows(
  matrix: MatrixSelection,
  from: number,
  to: number,
): Float32Array<ArrayBuffer> {
  const { keys } = sizeOf(matrix);
  const rows = new Float32Array((to - from) * keys);
  for (let query = from; query < to; query++) {
    const start = (query - from) * keys;
    if (matrix.hide?.queries[query]) rows.fill(Number.NaN, start, start + keys);
    else rows.set(looksAt(matrix, query).weights, start);
  }
  return rows;
}

/** Row of an entry before anything is hidden, `[key]`. */
function wholeRow(
  { layers, head, groups }: MatrixSelection,
  query: number,
): Float32Array<ArrayBuffer> {
  if (!groups) return aggregateRow(layers, head, query);
  const rowOf = (token: number): Float32Array => aggregateRow(layers, head, token);
  return mergedRow(rowOf, tokensIn(groups.queries, query), groups.keys);
}
