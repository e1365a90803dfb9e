import { exponential } from './nonlinearity';
import { largestOf, sumOf } from './vector';

/** softmax over each row `[rows, columns]`. Units: rows. */
export function softmax(x: usize, out: usize, columns: i32, thread: i32, from: i32, to: i32): void {
  const stride = (<usize>columns) << 2;
  for (let row = from; row < to; row++)
    softmaxRow(x + <usize>row * stride, out + <usize>row * stride, columns);
}

/**
 * e^(x − max) / Σ e^(x − max) over `count` numbers. What weighs exactly 0 changes nothing in the sum, nor does
 * it if it is not there.
 */
export function softmaxRow(x: usize, out: usize, count: i32): void {
  const most = largest(x, count);
  const sum = exponential(x, -most, out, count);
  const share = f32x4.splat(1 / sumOf(sum));
  const whole = count & ~3;
  for (let i = 0; i < whole; i += 4) {
    const at = out + ((<usize>i) << 2);
    v128.store(at, f32x4.mul(v128.load(at), share));
  }
  for (let i = whole; i < count; i++) {
    const at = out + ((<usize>i) << 2);
    store<f32>(at, load<f32>(at) * f32x4.extract_lane(share, 0));
  }
}

function largest(x: usize, count: i32): f32 {
  // Two at once: the second need not wait for the first.
  let even = f32x4.splat(-Infinity);
  let odd = even;
  const whole = count & ~7;
  for (let i = 0; i < whole; i += 8) {
    const at = x + ((<usize>i) << 2);
    even = f32x4.pmax(even, v128.load(at));
    odd = f32x4.pmax(odd, v128.load(at, 16));
  }
  let most = largestOf(f32x4.pmax(even, odd));
  for (let i = whole; i < count; i++) most = max(most, load<f32>(x + ((<usize>i) << 2)));
  return most;
}
