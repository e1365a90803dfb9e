import { loadFirst, madd, nmadd, storeFirst } from './vector';

// Codes as in `ACTIVATIONS` of kernelArguments.ts; `SWISH` stands for all x σ(a x + b x³).
export const GELU = 2;
export const SWISH = 4;
export const TANH = 6;
export const SIGMOID = 7;
/** e^x, of softmax. */
export const EXPONENTIAL = 9;

/** 1.5 · 2²³: a sum with it has no place for fractions, and the integer in its low bits. */
const ROUNDER: f32 = 12582912;
const LOG2_E: f32 = 1.44269504;
/** ln 2 in two parts; the first has 10 bits, so that its product with an exponent is exact. */
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.1219444e-4;
/** Nearly ln of the largest float32: e^x stays there above. */
const HIGHEST: f32 = 88.72283;
/** ln of the smallest float32 with all its bits: e^x is exactly 0 below. */
const LOWEST: f32 = -87.33654;

/**
 * f(x + shift) for all f that need an exponential, times `gate` where there is one, and their sum. Inlined,
 * so that each f has a loop of its own.
 *
 * e^y has about 1 unit in the last place: y = n ln 2 + r with |r| ≤ ln 2 / 2, and e^r = 1 + r + r² q(r), q
 * minimax with a relative error of 3.1e-9 in e^r.
 *
 * - swish, gelu_new, quick_gelu, sigmoid: x σ(y) or σ(y), σ(y) = 1 / (1 + e^−y), −y = a x + b x³.
 * - gelu: x Φ(x) (Hendrycks & Gimpel 2016) as relu(x) − |x| Φ(−|x|): without the cancellation in 1 + erf(x)
 *   the tail keeps its digits. Φ(−a) = e^(−a²/2) R(a), R a minimax polynomial of u = 1 / (1 + 0.34 a) for
 *   a ≤ 13.3, where float32 ends: relative error 2.5e-8, with float32's rounding at most 4e-7.
 * - tanh: near 0 a minimax polynomial (relative error 3.7e-8), elsewhere 1 − 2 / (e^2|x| + 1) with the sign
 *   of x.
 */
@inline
export function exponentials(
  f: i32,
  a: f32,
  b: f32,
  x: usize,
  shift: f32,
  gate: usize,
  out: usize,
  stride: usize,
  rows: i32,
  columns: i32,
): v128 {
  const whole = columns & ~3;
  const sum = fours(f, a, b, x, shift, gate, out, stride, rows, 0, whole, 4);
  if (whole == columns) return sum;
  const left = columns - whole;
  return f32x4.add(sum, fours(f, a, b, x, shift, gate, out, stride, rows, whole, columns, left));
}

/** Columns `from … to − 1`, of which `count` are computed together: 4 in a loop without calls, or the rest. */
@inline
function fours(
  f: i32,
  a: f32,
  b: f32,
  x: usize,
  shift: f32,
  gate: usize,
  out: usize,
  stride: usize,
  rows: i32,
  from: i32,
  to: i32,
  count: i32,
): v128 {
  // V8 builds a constant vector anew, with four instructions, wherever it is used; a number that cannot be
  // known beforehand it keeps. 0, but who knows:
  const zero = i32x4.splat(to >> 31);
  const highest = kept(HIGHEST, zero);
  const lowest = kept(LOWEST, zero);
  const rounder = kept(ROUNDER, zero);
  const log2e = kept(LOG2_E, zero);
  const ln2High = kept(LN2_HIGH, zero);
  const ln2Low = kept(LN2_LOW, zero);
  const q4 = kept(0.00138144672981, zero);
  const q3 = kept(0.00836878041924, zero);
  const q2 = kept(0.0416683942068, zero);
  const q1 = kept(0.166665201077, zero);
  const q0 = kept(0.499999934125, zero);
  const one = kept(1, zero);
  const minusHalf = kept(-0.5, zero);
  const nearness = kept(0.34, zero);
  const R9 = kept(-0.02647195202, zero);
  const R8 = kept(0.1411503662, zero);
  const R7 = kept(-0.2764146067, zero);
  const R6 = kept(0.2057780699, zero);
  const R5 = kept(-0.04708490428, zero);
  const R4 = kept(0.1163142717, zero);
  const R3 = kept(0.1149675292, zero);
  const R2 = kept(0.1361423824, zero);
  const R1 = kept(0.1356188562, zero);

  const linear = f32x4.splat(a);
  const cubic = f32x4.splat(b);
  const moved = f32x4.splat(shift);
  let sum = f32x4.splat(0);
  for (let row = 0; row < rows; row++) {
    for (let column = from; column < to; column += 4) {
      const at = <usize>row * stride + ((<usize>column) << 2);
      const v = f32x4.add(loadFirst(x + at, count, f32x4.splat(-Infinity)), moved);

      let y = v;
      if (f == GELU) y = f32x4.mul(f32x4.mul(v, minusHalf), v);
      else if (f == TANH) y = f32x4.abs(f32x4.add(v, v));
      else if (f != EXPONENTIAL) y = f32x4.mul(v, madd(f32x4.mul(v, v), cubic, linear));

      const clamped = f32x4.pmin(y, highest);
      const rounded = madd(clamped, log2e, rounder);
      const n = f32x4.sub(rounded, rounder);
      const r = nmadd(n, ln2Low, nmadd(n, ln2High, clamped));
      let p = madd(r, q4, q3);
      p = madd(p, r, q2);
      p = madd(p, r, q1);
      p = madd(p, r, q0);
      p = madd(p, r, one);
      p = madd(p, r, one);
      // n joins the bits of the exponent.
      const scaled = i32x4.add(p, i32x4.shl(rounded, 23));
      const e = v128.andnot(scaled, f32x4.lt(y, lowest));

      let value = e;
      if (f == GELU) {
        const distance = f32x4.abs(v);
        const u = f32x4.div(one, madd(distance, nearness, one));
        let R = madd(u, R9, R8);
        R = madd(R, u, R7);
        R = madd(R, u, R6);
        R = madd(R, u, R5);
        R = madd(R, u, R4);
        R = madd(R, u, R3);
        R = madd(R, u, R2);
        R = madd(R, u, R1);
        const tail = f32x4.mul(f32x4.mul(R, u), e);
        value = nmadd(distance, tail, f32x4.max(v, f32x4.splat(0)));
      } else if (f == TANH) value = tanh(v, e, one);
      else if (f == SIGMOID) value = f32x4.div(one, f32x4.add(one, e));
      else if (f == SWISH) value = f32x4.div(v, f32x4.add(one, e));

      if (gate) value = f32x4.mul(value, loadFirst(gate + at, count, one));
      storeFirst(out + at, value, count);
      sum = f32x4.add(sum, value);
    }
  }
  return sum;
}

/** Four times a constant, of which the compiler does not know that it is one. */
@inline
function kept(value: f32, zero: v128): v128 {
  return v128.or(f32x4.splat(value), zero);
}

/** Of x and e^2|x|. */
@inline
function tanh(x: v128, e: v128, one: v128): v128 {
  const far = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(e, one)));
  const signed = v128.bitselect(x, far, i32x4.splat(0x80000000));
  const square = f32x4.mul(x, x);
  let p = madd(square, f32x4.splat(0.01643758278), f32x4.splat(-0.05267181466));
  p = madd(p, square, f32x4.splat(0.1332072508));
  p = madd(p, square, f32x4.splat(-0.3333294664));
  const near = madd(f32x4.mul(p, square), x, x);
  return v128.bitselect(near, signed, f32x4.lt(f32x4.abs(x), f32x4.splat(0.55)));
}
