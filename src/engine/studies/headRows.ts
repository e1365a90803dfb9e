/** The rows of W_Q, W_K, W_V that one head reads with, and what they make of a vector. */
import { rowTimes } from '../../analysis/contributions';
import type { AttentionPass } from './attentionPass';
import { normedRow } from './normedRow';
import { columnsOf, type Columns } from './weightColumns';

export type Projected = 'query' | 'key' | 'value';

/** Where a head's columns begin: several heads may share those of keys and values. */
const firstColumn = (pass: AttentionPass, which: Projected): number =>
  (which === 'query' ? pass.address.head : pass.keyHead) * pass.attention.shape.headWidth;

/** The head's columns of W and b, `[d_model, d_k]`. */
export const headColumns = (pass: AttentionPass, which: Projected): Columns =>
  columnsOf(
    pass.attention.projections[which],
    firstColumn(pass, which),
    pass.attention.shape.headWidth,
  );

/** One of them, `[d_model, 1]`. */
export const headColumn = (pass: AttentionPass, which: Projected, dimension: number): Columns =>
  columnsOf(pass.attention.projections[which], firstColumn(pass, which) + dimension, 1);

/** The norm of each head that follows; null: none does. */
export function headNorm(pass: AttentionPass, which: Projected) {
  const { queryNorm, keyNorm } = pass.attention.projections;
  return which === 'value' ? null : which === 'query' ? queryNorm : keyNorm;
}

/** x W + b of the head, `[d_k]`, in float64 but for the norm of the head that follows in some. */
export function project(pass: AttentionPass, which: Projected, x: Float32Array): ArrayLike<number> {
  const { weight, bias, count } = headColumns(pass, which);
  const made = rowTimes(x, weight, count).map((value, c) => value + (bias?.[c] ?? 0));
  const norm = headNorm(pass, which);
  return norm ? normedRow(norm, Float32Array.from(made)) : made;
}
