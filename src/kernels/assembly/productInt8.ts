import { after } from './layout';
import { LINEAR, transform } from './nonlinearity';
import { rowTimesPanelsInt8, tileInt8 } from './tileInt8';

/** As `product`, of int8 weights and quantised rows. Units: panels. */
export function productInt8(
  quantised: usize,
  rowScales: usize,
  rowZeros: usize,
  int8: usize,
  scales: usize,
  sums: usize,
  bias: usize,
  out: usize,
  rows: i32,
  inputs: i32,
  outputs: i32,
  activation: i32,
  thread: i32,
  from: i32,
  to: i32,
): void {
  const padded = (inputs + 3) & ~3;
  const stride = <usize>padded;
  const outStride = (<usize>outputs) << 2;
  if (rows == 1) {
    const shift = <usize>from * 32;
    const columns = max(min(outputs, to * 8) - from * 8, 0);
    const panels = int8 + <usize>from * stride * 8;
    const target = out + shift;
    // prettier-ignore
    rowTimesPanelsInt8(
      quantised, padded, rowScales, rowZeros,
      panels, scales + shift, sums + shift, after(bias, shift), target, columns,
    );
    if (activation != LINEAR) transform(target, 0, target, 0, 1, columns, activation);
    return;
  }
  for (let panel = from; panel < to; panel++) {
    const columns = min(outputs - panel * 8, 8);
    const shift = <usize>panel * 32;
    const weights = int8 + <usize>panel * <usize>padded * 8;
    for (let row = 0; row < rows; row += 4) {
      const count = min(rows - row, 4);
      const target = out + <usize>row * outStride + shift;
      const at = (<usize>row) << 2;
      // prettier-ignore
      tileInt8(
        quantised + <usize>row * stride, stride, count, padded, rowScales + at, rowZeros + at,
        weights, scales + shift, sums + shift, after(bias, shift), target, outStride, columns,
      );
    }
    if (activation != LINEAR)
      transform(out + shift, 0, out + shift, outStride, rows, columns, activation);
  }
}
