import type { HeadSelection } from './aggregate';

/** A row without its special tokens, and the share of its weight that they held. */
export interface HiddenRow {
  readonly weights: Float32Array<ArrayBuffer>;
  readonly hidden: number;
}

/**
 * Takes special tokens out of a row: their entries become NaN, the others are divided by what they sum
 * to, so that a head's or a mean's row adds up to 1 again. A maximum over heads never did: it stays as
 * it is. A row that looks at special tokens only keeps its zeros.
 */
export function hideSpecials(
  row: Float32Array<ArrayBuffer>,
  special: readonly boolean[],
  head: HeadSelection,
): HiddenRow {
  const weights = new Float32Array(row.length);
  const hidden = writeWithoutSpecials(row, special, head, weights);
  return { weights, hidden };
}

/** The same into `target`, which is as long as the row: for whoever goes through many rows. */
export function writeWithoutSpecials(
  row: Float32Array,
  special: readonly boolean[],
  head: HeadSelection,
  target: Float32Array,
): number {
  let shown = 0;
  let total = 0;
  for (let key = 0; key < row.length; key++) {
    const weight = row[key]!;
    total += weight;
    if (!special[key]) shown += weight;
  }
  const divisor = head === 'max' || shown === 0 ? 1 : shown;
  for (let key = 0; key < row.length; key++) {
    target[key] = special[key] ? Number.NaN : row[key]! / divisor;
  }
  return total === 0 ? 0 : (total - shown) / total;
}
