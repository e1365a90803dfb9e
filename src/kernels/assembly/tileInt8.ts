import { PANEL_ROW } from './layout';
import { TALLEST } from './tile';
import { storeEight } from './vector';

/*
 * Tiles of int8, as those of float32: `inputs` is a multiple of 4, and `out` becomes Σ x · panel, an int32,
 * which is exact.
 */

/** `TALLEST` rows, eight columns; rows of `x` are `stride` bytes apart, and `outStride` bytes those of `out`. */
export function tallTileInt8(
  x: usize,
  stride: usize,
  panel: usize,
  inputs: i32,
  out: usize,
  outStride: usize,
): void {
  wholeTileInt8(TALLEST, x, stride, panel, inputs, out, outStride);
}

/** Up to four rows of which up to eight columns are written. */
export function tileInt8(
  x: usize,
  stride: usize,
  rows: i32,
  panel: usize,
  inputs: i32,
  out: usize,
  outStride: usize,
  columns: i32,
): void {
  if (rows == 4 && columns >= 8) wholeTileInt8(4, x, stride, panel, inputs, out, outStride);
  else partOfTileInt8(x, stride, rows, panel, inputs, out, outStride, columns);
}

@inline
function wholeTileInt8(
  rows: i32,
  x: usize,
  stride: usize,
  panel: usize,
  inputs: i32,
  out: usize,
  outStride: usize,
): void {
  const x1 = x + stride;
  const x2 = x1 + stride;
  const x3 = x2 + stride;
  const x4 = x3 + stride;
  const x5 = x4 + stride;
  let a0 = i32x4.splat(0);
  let a1 = i32x4.splat(0);
  let b0 = i32x4.splat(0);
  let b1 = i32x4.splat(0);
  let c0 = i32x4.splat(0);
  let c1 = i32x4.splat(0);
  let d0 = i32x4.splat(0);
  let d1 = i32x4.splat(0);
  let e0 = i32x4.splat(0);
  let e1 = i32x4.splat(0);
  let f0 = i32x4.splat(0);
  let f1 = i32x4.splat(0);
  const end = <usize>inputs;
  for (let i: usize = 0; i < end; i += 4) {
    const w0 = v128.load(panel);
    const w1 = v128.load(panel, 16);
    let s: v128;
    // First, though last: the optimiser would else put off one of the products until the registers are short.
    if (rows == 6) {
      s = v128.load32_splat(x4 + i);
      e0 = dot(s, w0, e0);
      e1 = dot(s, w1, e1);
      s = v128.load32_splat(x5 + i);
      f0 = dot(s, w0, f0);
      f1 = dot(s, w1, f1);
    }
    s = v128.load32_splat(x + i);
    a0 = dot(s, w0, a0);
    a1 = dot(s, w1, a1);
    s = v128.load32_splat(x1 + i);
    b0 = dot(s, w0, b0);
    b1 = dot(s, w1, b1);
    s = v128.load32_splat(x2 + i);
    c0 = dot(s, w0, c0);
    c1 = dot(s, w1, c1);
    s = v128.load32_splat(x3 + i);
    d0 = dot(s, w0, d0);
    d1 = dot(s, w1, d1);
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

function partOfTileInt8(
  x: usize,
  stride: usize,
  rows: i32,
  panel: usize,
  inputs: i32,
  out: usize,
  outStride: usize,
  columns: i32,
): void {
  // Rows that are not there: the last one again.
  const x1 = rows > 1 ? x + stride : x;
  const x2 = rows > 2 ? x1 + stride : x1;
  const x3 = rows > 3 ? x2 + stride : x2;
  let a0 = i32x4.splat(0);
  let a1 = i32x4.splat(0);
  let b0 = i32x4.splat(0);
  let b1 = i32x4.splat(0);
  let c0 = i32x4.splat(0);
  let c1 = i32x4.splat(0);
  let d0 = i32x4.splat(0);
  let d1 = i32x4.splat(0);
  const end = <usize>inputs;
  for (let i: usize = 0; i < end; i += 4) {
    const w0 = v128.load(panel);
    const w1 = v128.load(panel, 16);
    let s = v128.load32_splat(x + i);
    a0 = dot(s, w0, a0);
    a1 = dot(s, w1, a1);
    s = v128.load32_splat(x1 + i);
    b0 = dot(s, w0, b0);
    b1 = dot(s, w1, b1);
    s = v128.load32_splat(x2 + i);
    c0 = dot(s, w0, c0);
    c1 = dot(s, w1, c1);
    s = v128.load32_splat(x3 + i);
    d0 = dot(s, w0, d0);
    d1 = dot(s, w1, d1);
    panel += PANEL_ROW;
  }
  storeEight(out, a0, a1, columns);
  if (rows > 1) storeEight(out + outStride, b0, b1, columns);
  if (rows > 2) storeEight(out + 2 * outStride, c0, c1, columns);
  if (rows > 3) storeEight(out + 3 * outStride, d0, d1, columns);
}

/** sum + the four products of each 32 bits: weights −127 … 127, inputs 0 … 127. */
@inline
export function dot(inputs: v128, weights: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return i32x4.relaxed_dot_i8x16_i7x16_add_s(weights, inputs, sum);
  // Bytes 0 and 2 of each 32 bits, then 1 and 3, as 16 bits.
  const even = i32x4.dot_i16x8_s(
    i16x8.shr_s(i16x8.shl(weights, 8), 8),
    v128.and(inputs, i16x8.splat(0xff)),
  );
  const odd = i32x4.dot_i16x8_s(i16x8.shr_s(weights, 8), i16x8.shr_u(inputs, 8));
  return i32x4.add(sum, i32x4.add(even, odd));
}
