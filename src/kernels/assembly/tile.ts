import { PANEL_ROW } from './layout';
import { madd, storeEight } from './vector';

/*
 * Tiles: some rows of x times a panel of eight outputs, `out[r, o] = start[o] + Σ x[r, i] · panel[i, o]`. The
 * sum of each output goes through i = 0, 1, … one after another in all of them, so that it has the same
 * bits whatever tile it is computed in.
 *
 * The two that nearly all products are made of have as many sums as the registers hold, and neither branches
 * nor calls around their loop: those make V8 keep sums in memory, at half the speed.
 * So does another order of the products: it was measured with V8 11.3, 12.4 and 13.6; measure again to change it.
 */

/** Rows of the tallest tile: with a sum and a product in one step, six leave enough registers. */
export const TALLEST = ASC_FEATURE_RELAXED_SIMD ? 6 : 4;

/** Whether the next rows are a tallest tile's; 7 and 8 are two of four. */
@inline
export function isTall(rows: i32, columns: i32): bool {
  return columns == 8 && rows >= TALLEST && rows != 7 && rows != 8;
}

/**
 * `TALLEST` rows, eight columns.
 * @param x rows are `stride` bytes apart, and `outStride` bytes those of `out`
 * @param start0 starts of outputs 0–3
 * @param start1 starts of outputs 4–7
 */
export function tallTile(
  x: usize,
  stride: usize,
  panel: usize,
  inputs: i32,
  start0: v128,
  start1: v128,
  out: usize,
  outStride: usize,
): void {
  wholeTile(TALLEST, x, stride, panel, inputs, start0, start1, out, outStride);
}

/** Up to four rows of which up to eight columns are written. */
export function tile(
  x: usize,
  stride: usize,
  rows: i32,
  panel: usize,
  inputs: i32,
  start0: v128,
  start1: v128,
  out: usize,
  outStride: usize,
  columns: i32,
): void {
  if (rows == 4 && columns >= 8)
    wholeTile(4, x, stride, panel, inputs, start0, start1, out, outStride);
  else partOfTile(x, stride, rows, panel, inputs, start0, start1, out, outStride, columns);
}

@inline
function wholeTile(
  rows: i32,
  x: usize,
  stride: usize,
  panel: usize,
  inputs: i32,
  start0: v128,
  start1: v128,
  out: usize,
  outStride: usize,
): void {
  const x1 = x + stride;
  const x2 = x1 + stride;
  const x3 = x2 + stride;
  const x4 = x3 + stride;
  const x5 = x4 + stride;
  let a0 = start0;
  let a1 = start1;
  let b0 = start0;
  let b1 = start1;
  let c0 = start0;
  let c1 = start1;
  let d0 = start0;
  let d1 = start1;
  let e0 = start0;
  let e1 = start1;
  let f0 = start0;
  let f1 = start1;
  const end = (<usize>inputs) << 2;
  for (let i: usize = 0; i < end; i += 4) {
    const w0 = v128.load(panel);
    const w1 = v128.load(panel, 16);
    let s = v128.load32_splat(x + i);
    a0 = madd(s, w0, a0);
    a1 = madd(s, w1, a1);
    s = v128.load32_splat(x1 + i);
    b0 = madd(s, w0, b0);
    b1 = madd(s, w1, b1);
    s = v128.load32_splat(x2 + i);
    c0 = madd(s, w0, c0);
    c1 = madd(s, w1, c1);
    s = v128.load32_splat(x3 + i);
    d0 = madd(s, w0, d0);
    d1 = madd(s, w1, d1);
    if (rows == 6) {
      s = v128.load32_splat(x4 + i);
      e0 = madd(s, w0, e0);
      e1 = madd(s, w1, e1);
      s = v128.load32_splat(x5 + i);
      f0 = madd(s, w0, f0);
      f1 = madd(s, w1, f1);
    }
    panel += PANEL_ROW;
  }
  v128.store(out, a0);
  v128.store(out, a1, 16);
  out += outStride;
  v128.store(out, b0);
  v128.store(out, b1, 16);
  out += outStride;
  v128.store(out, c0);
  v128.store(out, c1, 16);
  out += outStride;
  v128.store(out, d0);
  v128.store(out, d1, 16);
  if (rows == 6) {
    out += outStride;
    v128.store(out, e0);
    v128.store(out, e1, 16);
    out += outStride;
    v128.store(out, f0);
    v128.store(out, f1, 16);
  }
}

function partOfTile(
  x: usize,
  stride: usize,
  rows: i32,
  panel: usize,
  inputs: i32,
  start0: v128,
  start1: v128,
  out: usize,
  outStride: usize,
  columns: i32,
): void {
  // Rows that are not there: the last one again.
  const x1 = rows > 1 ? x + stride : x;
  const x2 = rows > 2 ? x1 + stride : x1;
  const x3 = rows > 3 ? x2 + stride : x2;
  let a0 = start0;
  let a1 = start1;
  let b0 = start0;
  let b1 = start1;
  let c0 = start0;
  let c1 = start1;
  let d0 = start0;
  let d1 = start1;
  const end = (<usize>inputs) << 2;
  for (let i: usize = 0; i < end; i += 4) {
    const w0 = v128.load(panel);
    const w1 = v128.load(panel, 16);
    let s = v128.load32_splat(x + i);
    a0 = madd(s, w0, a0);
    a1 = madd(s, w1, a1);
    s = v128.load32_splat(x1 + i);
    b0 = madd(s, w0, b0);
    b1 = madd(s, w1, b1);
    s = v128.load32_splat(x2 + i);
    c0 = madd(s, w0, c0);
    c1 = madd(s, w1, c1);
    s = v128.load32_splat(x3 + i);
    d0 = madd(s, w0, d0);
    d1 = madd(s, w1, d1);
    panel += PANEL_ROW;
  }
  storeEight(out, a0, a1, columns);
  if (rows > 1) storeEight(out + outStride, b0, b1, columns);
  if (rows > 2) storeEight(out + 2 * outStride, c0, c1, columns);
  if (rows > 3) storeEight(out + 3 * outStride, d0, d1, columns);
}
