import { aggregateRow, type HeadSelection } from './aggregate';
import type { AttentionRecord } from './attentionRecord';
import { hideSpecials } from './hideSpecials';

/** Which matrix, with the layers already looked up: one, or all of a stack for their mean. */
export interface MatrixSelection {
  readonly layers: readonly AttentionRecord[];
  readonly head: HeadSelection;
  /** Special tokens among queries and keys, where they are to be hidden; null where all are shown. */
  readonly hide: { readonly queries: readonly boolean[]; readonly keys: readonly boolean[] } | null;
}

/** A row or column as it is shown. Hidden entries are NaN. */
export interface AttentionRow {
  readonly weights: Float32Array<ArrayBuffer>;
  /** Share of weight on hidden tokens: of the row; for a column, the mean over its queries. */
  readonly hidden: number;
}

/** What `query` looks at: `[key]`. */
export function looksAt(matrix: MatrixSelection, query: number): AttentionRow {
  const row = aggregateRow(matrix.layers, matrix.head, query);
  return matrix.hide
    ? hideSpecials(row, matrix.hide.keys, matrix.head)
    : { weights: row, hidden: 0 };
}

/** By which queries `key` is looked at: `[query]`, each number the same as in that query's row. */
export function lookedAt(matrix: MatrixSelection, key: number): AttentionRow {
  const queries = matrix.layers[0]?.queries ?? 0;
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
  const keys = matrix.layers[0]?.keys ?? 0;
  const rows = new Float32Array((to - from) * keys);
  for (let query = from; query < to; query++) {
    const start = (query - from) * keys;
    if (matrix.hide?.queries[query]) rows.fill(Number.NaN, start, start + keys);
    else rows.set(looksAt(matrix, query).weights, start);
  }
  return rows;
}
