import type { AttentionRecord } from './attentionRecord';

/** One head, or the mean or the maximum over the heads. */
export type HeadSelection = number | 'mean' | 'max';

/**
 * How many queries and keys all of some layers have read: while a token is written the deeper ones are
 * a query behind.
 */
export const readBy = (
  layers: readonly AttentionRecord[],
): { readonly queries: number; readonly keys: number } => ({
  queries: Math.min(...layers.map(({ queries }) => queries)),
  keys: Math.min(...layers.map(({ keys }) => keys)),
});

/**
 * Row `[key]` of a query in the matrix that `layers` × `head` stand for: of one head, the mean or the
 * maximum over heads, and with several layers the mean of that over the layers.
 */
export function aggregateRow(
  layers: readonly AttentionRecord[],
  head: HeadSelection,
  query: number,
): Float32Array<ArrayBuffer> {
  const sum = new Float64Array(readBy(layers).keys);
  for (const record of layers) {
    const row = headRow(record, head, query);
    const seen = Math.min(row.length, sum.length);
    for (let key = 0; key < seen; key++) sum[key]! += row[key]!;
  }
  return Float32Array.from(sum, (total) => total / layers.length);
}

/** Row of one layer. Float64 while summing over heads: the mean of many small weights keeps its digits. */
function headRow(record: AttentionRecord, head: HeadSelection, query: number): ArrayLike<number> {
  if (typeof head === 'number') return record.row(head, query);
  const result = new Float64Array(record.keys);
  for (let h = 0; h < record.heads; h++) {
    const row = record.row(h, query);
    for (let key = 0; key < row.length; key++) {
      const weight = row[key]!;
      result[key] =
        head === 'mean' ? result[key]! + weight / record.heads : Math.max(result[key]!, weight);
    }
  }
  return result;
}
