import { PANEL_ROW } from './layout';
import { rowTimesPanels } from './rowTimesPanels';
import { tile } from './tile';
import { loadFirst, storeFirst } from './vector';

/** Queries of a head that are computed together: a unit's. What they need of each other stays in the cache. */
export const BLOCK = 4;

/** Blocks of a head. */
@inline
export function blocksOf(queries: i32): i32 {
  return (queries + BLOCK - 1) / BLOCK;
}

/** Four rows of scores of a thread's own; each has place for `length` rounded up to a multiple of 8. */
@inline
export function scratchOf(scratch: usize, thread: i32, length: i32): usize {
  return scratch + ((<usize>thread * <usize>BLOCK * <usize>(length + 8)) << 2);
}

/** Bytes of a row there. */
@inline
export function scratchStride(length: i32): usize {
  return (<usize>((length + 7) & ~7)) << 2;
}

/**
 * q · k of up to four queries and the first `count` keys → `out` `[rows, count rounded up to a multiple of 8]`.
 * @param stride bytes from a query to the next, `outStride` from a row of scores
 */
export function dotProducts(
  query: usize,
  stride: usize,
  rows: i32,
  keys: usize,
  width: i32,
  out: usize,
  outStride: usize,
  count: i32,
): void {
  const panelStride = <usize>width * PANEL_ROW;
  if (rows == 1) {
    rowTimesPanels(query, keys, panelStride, width, 0, out, (count + 7) & ~7);
    return;
  }
  const none = f32x4.splat(0);
  for (let key = 0; key < count; key += 8) {
    tile(query, stride, rows, keys, width, none, none, out, outStride, 8);
    keys += panelStride;
    out += 32;
  }
}

/** scale · score + bias + mask of the first `count` keys of a query; `out` may be `scores`, `bias` and `mask` 0. */
export function finishScores(
  scores: usize,
  out: usize,
  count: i32,
  scale: f32,
  bias: usize,
  mask: usize,
): void {
  const whole = count & ~3;
  finishFours(scores, out, 0, whole, 4, scale, bias, mask);
  if (whole < count) finishFours(scores, out, whole, count, count - whole, scale, bias, mask);
}

/** Keys `from … to − 1`, of which `count` are computed together. */
@inline
function finishFours(
  scores: usize,
  out: usize,
  from: i32,
  to: i32,
  count: i32,
  scale: f32,
  bias: usize,
  mask: usize,
): void {
  const factor = f32x4.splat(scale);
  for (let key = from; key < to; key += 4) {
    const at = (<usize>key) << 2;
    let v = f32x4.mul(v128.load(scores + at), factor);
    if (bias) v = f32x4.add(v, loadFirst(bias + at, count, factor));
    if (mask) v = f32x4.add(v, loadFirst(mask + at, count, factor));
    storeFirst(out + at, v, count);
  }
}

/**
 * Weights of the first `count` keys times their values → up to four rows `[width]` of `out`.
 * @param stride bytes from a row of weights to the next, `outStride` from a row of `out`
 */
export function weightedValues(
  weights: usize,
  stride: usize,
  rows: i32,
  values: usize,
  capacity: i32,
  count: i32,
  out: usize,
  outStride: usize,
  width: i32,
): void {
  const panelStride = <usize>capacity * PANEL_ROW;
  if (rows == 1) {
    rowTimesPanels(weights, values, panelStride, count, 0, out, width);
    return;
  }
  const none = f32x4.splat(0);
  for (let left = width; left > 0; left -= 8) {
    tile(weights, stride, rows, values, count, none, none, out, outStride, left);
    values += panelStride;
    out += 32;
  }
}
