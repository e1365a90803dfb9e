import { loadFirst, madd, storeFirst, sumOf } from './vector';

/** (x − mean) / √(variance + ε) · gain + bias over `[rows, width]` (Ba et al. 2016). Units: rows. */
export function layerNorm(
  x: usize,
  gain: usize,
  bias: usize,
  out: usize,
  width: i32,
  epsilon: f32,
  thread: i32,
  from: i32,
  to: i32,
): void {
  const stride = (<usize>width) << 2;
  for (let row = from; row < to; row++) {
    const source = x + <usize>row * stride;
    const mean = f32x4.splat(rowSum(source, width, f32x4.splat(0), false) / <f32>width);
    // Of the differences, not of the squares: those would lose the digits of a small variance.
    const variance = rowSum(source, width, mean, true) / <f32>width;
    const scale = f32x4.splat(1 / sqrt<f32>(variance + epsilon));
    writeRow(source, out + <usize>row * stride, width, mean, scale, gain, bias);
  }
}

/** x / √(mean(x²) + ε) · gain over `[rows, width]` (Zhang & Sennrich 2019). Units: rows. */
export function rmsNorm(
  x: usize,
  gain: usize,
  out: usize,
  width: i32,
  epsilon: f32,
  thread: i32,
  from: i32,
  to: i32,
): void {
  const stride = (<usize>width) << 2;
  const none = f32x4.splat(0);
  for (let row = from; row < to; row++) {
    const source = x + <usize>row * stride;
    const power = rowSum(source, width, none, true) / <f32>width;
    const scale = f32x4.splat(1 / sqrt<f32>(power + epsilon));
    writeRow(source, out + <usize>row * stride, width, none, scale, gain, 0);
  }
}

/** Σ (x − mean) or Σ (x − mean)²: sixteen sums side by side, so that none waits for its addition. */
@inline
function rowSum(x: usize, width: i32, mean: v128, squared: bool): f32 {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  const sixteens = width & ~15;
  for (let i = 0; i < sixteens; i += 16) {
    const at = x + ((<usize>i) << 2);
    a = summed(v128.load(at), mean, squared, a);
    b = summed(v128.load(at, 16), mean, squared, b);
    c = summed(v128.load(at, 32), mean, squared, c);
    d = summed(v128.load(at, 48), mean, squared, d);
  }
  for (let i = sixteens; i < width; i += 4)
    a = summed(loadFirst(x + ((<usize>i) << 2), width - i, mean), mean, squared, a);
  return sumOf(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)));
}

@inline
function summed(x: v128, mean: v128, squared: bool, sum: v128): v128 {
  const difference = f32x4.sub(x, mean);
  return squared ? madd(difference, difference, sum) : f32x4.add(sum, difference);
}

/** (x − mean) · scale · gain + bias; 0 for no gain or bias. */
@inline
function writeRow(
  x: usize,
  out: usize,
  width: i32,
  mean: v128,
  scale: v128,
  gain: usize,
  bias: usize,
): void {
  const whole = width & ~3;
  for (let i = 0; i < whole; i += 4) writeFour(x, out, i, 4, mean, scale, gain, bias);
  if (whole < width) writeFour(x, out, whole, width - whole, mean, scale, gain, bias);
}

@inline
function writeFour(
  x: usize,
  out: usize,
  from: i32,
  count: i32,
  mean: v128,
  scale: v128,
  gain: usize,
  bias: usize,
): void {
  const at = (<usize>from) << 2;
  let v = f32x4.mul(f32x4.sub(loadFirst(x + at, count, mean), mean), scale);
  if (gain) v = f32x4.mul(v, loadFirst(gain + at, count, mean));
  if (bias) v = f32x4.add(v, loadFirst(bias + at, count, mean));
  storeFirst(out + at, v, count);
}
