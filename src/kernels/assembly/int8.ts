import { PANEL_ROW } from './layout';
import { largestOf, loadFirst } from './vector';

/**
 * Quantised weights are −127 … 127, quantised inputs 0 … 127: a sum of two products fits 16 bits, which some
 * processors' dot products need. No `madd` here: all variants make the same integers.
 */
const LARGEST: f32 = 127;
/** 1.5 · 2²³: a sum with it is rounded to an integer (ties to even), which is then in its low bits. */
const ROUNDER: f32 = 12582912;

/** Packed float32 → int8 `[panels, ⌈inputs / 4⌉, 8, 4]` with a scale and a sum of each output. Units: panels. */
export function packInt8(
  packed: usize,
  int8: usize,
  scales: usize,
  sums: usize,
  inputs: i32,
  thread: i32,
  from: i32,
  to: i32,
): void {
  const fours = (inputs + 3) >> 2;
  for (let panel = from; panel < to; panel++) {
    for (let half = 0; half < 2; half++) {
      const shift = (<usize>half) << 4;
      const place = ((<usize>panel) << 5) + shift;
      const source = packed + <usize>panel * <usize>inputs * PANEL_ROW + shift;
      const target = int8 + <usize>panel * <usize>fours * 32 + shift;
      packFourOutputs(source, target, scales + place, sums + place, inputs);
    }
  }
}

/** Four outputs of a panel. */
function packFourOutputs(
  source: usize,
  target: usize,
  scales: usize,
  sums: usize,
  inputs: i32,
): void {
  let most = f32x4.splat(0);
  for (let input = 0; input < inputs; input++)
    most = f32x4.pmax(most, f32x4.abs(v128.load(source + <usize>input * PANEL_ROW)));
  v128.store(scales, f32x4.div(most, f32x4.splat(LARGEST)));
  // Of an output without weights: 0, not 127 / 0.
  const inverse = v128.and(f32x4.div(f32x4.splat(LARGEST), most), f32x4.gt(most, f32x4.splat(0)));
  let sum = i32x4.splat(0);
  for (let input = 0; input < inputs; input += 4) {
    let bytes = i32x4.splat(0);
    for (let i = 0; i < 4; i++) {
      if (input + i >= inputs) break;
      const q = rounded(
        f32x4.mul(v128.load(source + <usize>(input + i) * PANEL_ROW), inverse),
        f32x4.splat(ROUNDER),
      );
      sum = i32x4.add(sum, q);
      bytes = v128.or(bytes, i32x4.shl(v128.and(q, i32x4.splat(0xff)), i << 3));
    }
    v128.store(target, bytes);
    target += 32;
  }
  v128.store(sums, sum);
}

/** `x` → 0 … 127 `[rows, 4 · ⌈inputs / 4⌉]`, with a scale and a zero of each row. Units: rows. */
export function quantiseRows(
  x: usize,
  quantised: usize,
  scales: usize,
  zeros: usize,
  inputs: i32,
  thread: i32,
  from: i32,
  to: i32,
): void {
  const padded = (inputs + 3) & ~3;
  const none = f32x4.splat(0);
  for (let row = from; row < to; row++) {
    const source = x + ((<usize>row * <usize>inputs) << 2);
    let low = none;
    let high = none;
    for (let i = 0; i < inputs; i += 4) {
      const v = loadFirst(source + ((<usize>i) << 2), inputs - i, none);
      low = f32x4.pmin(low, v);
      high = f32x4.pmax(high, v);
    }
    const least = -largestOf(f32x4.neg(low));
    const range = largestOf(high) - least;
    const inverse: f32 = range > 0 ? LARGEST / range : 0;
    const zero = nearest<f32>(-least * inverse);
    store<f32>(scales + ((<usize>row) << 2), range / LARGEST);
    store<i32>(zeros + ((<usize>row) << 2), <i32>zero);

    const factor = f32x4.splat(inverse);
    const origin = f32x4.splat(ROUNDER + zero);
    const target = quantised + <usize>row * <usize>padded;
    const whole = inputs & ~15;
    for (let i = 0; i < whole; i += 16) {
      const at = source + ((<usize>i) << 2);
      const bytes = narrowed(
        rounded(f32x4.mul(v128.load(at), factor), origin),
        rounded(f32x4.mul(v128.load(at, 16), factor), origin),
        rounded(f32x4.mul(v128.load(at, 32), factor), origin),
        rounded(f32x4.mul(v128.load(at, 48), factor), origin),
      );
      v128.store(target + <usize>i, bytes);
    }
    for (let i = whole; i < inputs; i += 4) {
      const v = loadFirst(source + ((<usize>i) << 2), inputs - i, none);
      const q = rounded(f32x4.mul(v, factor), origin);
      v128.store_lane<i32>(target + <usize>i, narrowed(q, q, q, q), 0);
    }
  }
}

/** v + origin to the nearest integer, less `ROUNDER`. */
@inline
function rounded(v: v128, origin: v128): v128 {
  return i32x4.sub(f32x4.add(v, origin), f32x4.splat(ROUNDER));
}

/** Four vectors of int32 as 16 bytes 0 … 127; what rounding brought outside is brought back. */
@inline
function narrowed(a: v128, b: v128, c: v128, d: v128): v128 {
  const bytes = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d));
  return i8x16.min_u(bytes, i8x16.splat(127));
}
