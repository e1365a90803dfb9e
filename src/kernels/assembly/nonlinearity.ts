import { EXPONENTIAL, exponentials, GELU, SIGMOID, SWISH, TANH } from './exponentials';
import { loadFirst, storeFirst } from './vector';

// Further codes of `ACTIVATIONS` in kernelArguments.ts.
export const LINEAR = 0;
const RELU = 1;
const GELU_NEW = 3;
const QUICK_GELU = 5;
const RELU2 = 8;

/** √(8/π) of gelu_new: 0.5 (1 + tanh(u)) = σ(2u). */
const GELU_NEW_LINEAR: f32 = 1.5957691216;
/** √(8/π) · 0.044715. */
const GELU_NEW_CUBIC: f32 = 0.0713548163;
const QUICK_GELU_LINEAR: f32 = 1.702;

/** f(x), times `gate` where there is one, over `[rows, columns]`; `out` may be `x`, rows are `stride` bytes apart. */
export function transform(
  x: usize,
  gate: usize,
  out: usize,
  stride: usize,
  rows: i32,
  columns: i32,
  code: i32,
): void {
  if (code == GELU) exponentials(GELU, 0, 0, x, 0, gate, out, stride, rows, columns);
  else if (code == TANH) exponentials(TANH, 0, 0, x, 0, gate, out, stride, rows, columns);
  else if (code == SIGMOID) exponentials(SIGMOID, -1, 0, x, 0, gate, out, stride, rows, columns);
  else if (code == GELU_NEW || code == SWISH || code == QUICK_GELU) {
    const linear: f32 =
      code == GELU_NEW ? GELU_NEW_LINEAR : code == QUICK_GELU ? QUICK_GELU_LINEAR : 1;
    const cubic: f32 = code == GELU_NEW ? GELU_NEW_CUBIC : 0;
    exponentials(SWISH, -linear, -cubic, x, 0, gate, out, stride, rows, columns);
  } else rectify(x, gate, out, stride, rows, columns, code);
}

/** e^(x + shift) of `columns` numbers, and the sum, of which lane j goes through j, j + 4, … one after another. */
export function exponential(x: usize, shift: f32, out: usize, columns: i32): v128 {
  return exponentials(EXPONENTIAL, 0, 0, x, shift, 0, out, 0, 1, columns);
}

function rectify(
  x: usize,
  gate: usize,
  out: usize,
  stride: usize,
  rows: i32,
  columns: i32,
  code: i32,
): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column += 4) {
      const at = <usize>row * stride + ((<usize>column) << 2);
      const left = columns - column;
      let v = loadFirst(x + at, left, f32x4.splat(0));
      if (code != LINEAR) v = f32x4.max(v, f32x4.splat(0));
      if (code == RELU2) v = f32x4.mul(v, v);
      if (gate) v = f32x4.mul(v, loadFirst(gate + at, left, f32x4.splat(0)));
      storeFirst(out + at, v, left);
    }
  }
}
