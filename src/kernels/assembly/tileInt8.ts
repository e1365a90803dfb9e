import { after } from './layout';
import { startOf, storeEight } from './tile';

/** Up to four rows times a panel, as `tile`; the sums are exact, in int32. */
export function tileInt8(
  x: usize,
  stride: usize,
  rows: i32,
  inputs: i32,
  rowScales: usize,
  rowZeros: usize,
  panel: usize,
  scales: usize,
  sums: usize,
  bias: usize,
  out: usize,
  outStride: usize,
  columns: i32,
): void {
  const x1 = rows > 1 ? x + stride : x;
  const x2 = rows > 2 ? x1 + stride : x1;
  const x3 = rows > 3 ? x2 + stride : x2;
  let a0 = i32x4.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  const end = <usize>inputs;
  for (let i: usize = 0; i < end; i += 4) {
    const w0 = v128.load(panel);
    const w1 = v128.load(panel, 16);
    let s = v128.load32_splat(x + i);
    a0 = dot(w0, s, a0);
    a1 = dot(w1, s, a1);
    s = v128.load32_splat(x1 + i);
    b0 = dot(w0, s, b0);
    b1 = dot(w1, s, b1);
    s = v128.load32_splat(x2 + i);
    c0 = dot(w0, s, c0);
    c1 = dot(w1, s, c1);
    s = v128.load32_splat(x3 + i);
    d0 = dot(w0, s, d0);
    d1 = dot(w1, s, d1);
    panel += 32;
  }
  finish(a0, a1, rowScales, rowZeros, scales, sums, bias, out, columns, 0);
  if (rows > 1) {
    out += outStride;
    finish(b0, b1, rowScales + 4, rowZeros + 4, scales, sums, bias, out, columns, 0);
  }
  if (rows > 2) {
    out += outStride;
    finish(c0, c1, rowScales + 8, rowZeros + 8, scales, sums, bias, out, columns, 0);
  }
  if (rows > 3) {
    out += outStride;
    finish(d0, d1, rowScales + 12, rowZeros + 12, scales, sums, bias, out, columns, 0);
  }
}

/** sum + the four products of each 32 bits: weights −127 … 127, inputs 0 … 127. */
@inline
function dot(weights: v128, inputs: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return i32x4.relaxed_dot_i8x16_i7x16_add_s(weights, inputs, sum);
  // Bytes 0 and 2 of each 32 bits, then 1 and 3, as 16 bits.
  const even = i32x4.dot_i16x8_s(
    i16x8.shr_s(i16x8.shl(weights, 8), 8),
    v128.and(inputs, i16x8.splat(0xff)),
  );
  const odd = i32x4.dot_i16x8_s(i16x8.shr_s(weights, 8), i16x8.shr_u(inputs, 8));
  return i32x4.add(sum, i32x4.add(even, odd));
}

/**
 * One row times panels that follow one another: as many at once as hide the latency of a dot product.
 * @param columns outputs of all panels together
 */
export function rowTimesPanelsInt8(
  x: usize,
  inputs: i32,
  rowScale: usize,
  rowZero: usize,
  panel: usize,
  scales: usize,
  sums: usize,
  bias: usize,
  out: usize,
  columns: i32,
): void {
  const panelStride = (<usize>inputs) << 3;
  for (; columns > 24; columns -= 32) {
    const panel1 = panel + panelStride;
    const panel2 = panel1 + panelStride;
    const panel3 = panel2 + panelStride;
    let a0 = i32x4.splat(0);
    let a1 = a0;
    let b0 = a0;
    let b1 = a0;
    let c0 = a0;
    let c1 = a0;
    let d0 = a0;
    let d1 = a0;
    let source = x;
    for (let i: usize = 0; i < panelStride; i += 32) {
      const s = v128.load32_splat(source);
      a0 = dot(v128.load(panel + i), s, a0);
      a1 = dot(v128.load(panel + i, 16), s, a1);
      b0 = dot(v128.load(panel1 + i), s, b0);
      b1 = dot(v128.load(panel1 + i, 16), s, b1);
      c0 = dot(v128.load(panel2 + i), s, c0);
      c1 = dot(v128.load(panel2 + i, 16), s, c1);
      d0 = dot(v128.load(panel3 + i), s, d0);
      d1 = dot(v128.load(panel3 + i, 16), s, d1);
      source += 4;
    }
    finish(a0, a1, rowScale, rowZero, scales, sums, bias, out, columns, 0);
    finish(b0, b1, rowScale, rowZero, scales, sums, bias, out, columns, 1);
    finish(c0, c1, rowScale, rowZero, scales, sums, bias, out, columns, 2);
    finish(d0, d1, rowScale, rowZero, scales, sums, bias, out, columns, 3);
    panel = panel3 + panelStride;
    scales += 128;
    sums += 128;
    bias = after(bias, 128);
    out += 128;
  }
  for (; columns > 0; columns -= 8) {
    tileInt8(x, 0, 1, inputs, rowScale, rowZero, panel, scales, sums, bias, out, 0, columns);
    panel += panelStride;
    scales += 32;
    sums += 32;
    bias = after(bias, 32);
    out += 32;
  }
}

/**
 * rowScale · scale · (sum of products − zero · sum of weights) + bias, of the eight outputs of a row in the
 * nth panel of those that `scales` and all behind it begin with.
 */
function finish(
  low: v128,
  high: v128,
  rowScale: usize,
  rowZero: usize,
  scales: usize,
  sums: usize,
  bias: usize,
  out: usize,
  columns: i32,
  nth: i32,
): void {
  const at = <usize>nth * 32;
  const left = columns - nth * 8;
  const scale = v128.load32_splat(rowScale);
  const zero = v128.load32_splat(rowZero);
  const scale0 = f32x4.mul(scale, v128.load(scales + at));
  const scale1 = f32x4.mul(scale, v128.load(scales + at, 16));
  const v0 = rescaled(low, zero, v128.load(sums + at), scale0);
  const v1 = rescaled(high, zero, v128.load(sums + at, 16), scale1);
  const b0 = startOf(after(bias, at), left);
  const b1 = startOf(after(bias, at + 16), left - 4);
  storeEight(out + at, f32x4.add(v0, b0), f32x4.add(v1, b1), left);
}

/** scale · (sum − zero · weights), without `madd`: all variants give the same bytes. */
@inline
function rescaled(sum: v128, zero: v128, weights: v128, scale: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.sub(sum, i32x4.mul(zero, weights))), scale);
}
