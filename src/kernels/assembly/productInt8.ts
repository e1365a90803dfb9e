import { after } from './layout';
import { LINEAR, transform } from './nonlinearity';
import { rowTimesPanelsInt8 } from './rowTimesPanelsInt8';
import { isTall, TALLEST } from './tile';
import { tallTileInt8, tileInt8 } from './tileInt8';
import { loadFirst, startOf, storeFirst } from './vector';

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
  const panelStride = (<usize>padded) << 3;
  const outStride = (<usize>outputs) << 2;
  if (rows == 1) {
    const columns = max(min(outputs, to * 8) - from * 8, 0);
    const panels = int8 + <usize>from * panelStride;
    rowTimesPanelsInt8(quantised, panels, padded, out + <usize>from * 32, columns);
  }
  for (let panel = from; panel < to; panel++) {
    const columns = min(outputs - panel * 8, 8);
    const shift = <usize>panel * 32;
    const weights = int8 + <usize>panel * panelStride;
    const own = out + shift;
    let row = rows == 1 ? 1 : 0;
    while (row < rows) {
      const source = quantised + <usize>row * stride;
      const target = own + <usize>row * outStride;
      const left = rows - row;
      if (isTall(left, columns)) {
        tallTileInt8(source, stride, weights, padded, target, outStride);
        row += TALLEST;
      } else {
        tileInt8(source, stride, min(left, 4), weights, padded, target, outStride, columns);
        row += 4;
      }
    }
    // prettier-ignore
    rescale(
      own, outStride, rows, columns, rowScales, rowZeros,
      scales + shift, sums + shift, after(bias, shift),
    );
    if (activation != LINEAR) transform(own, 0, own, outStride, rows, columns, activation);
  }
}

/**
 * Sums of products of a panel `[rows, columns]` → rowScale · scale · (sum − zero · sum of weights) + bias, in
 * place. No `madd` here: all variants give the same bytes.
 */
function rescale(
  out: usize,
  stride: usize,
  rows: i32,
  columns: i32,
  rowScales: usize,
  rowZeros: usize,
  scales: usize,
  sums: usize,
  bias: usize,
): void {
  const none = f32x4.splat(0);
  for (let column = 0; column < columns; column += 4) {
    const at = (<usize>column) << 2;
    const left = columns - column;
    const columnScale = v128.load(scales + at);
    const weights = v128.load(sums + at);
    const start = startOf(after(bias, at), left);
    for (let row = 0; row < rows; row++) {
      const nth = (<usize>row) << 2;
      const place = out + <usize>row * stride + at;
      const scale = f32x4.mul(v128.load32_splat(rowScales + nth), columnScale);
      const zeros = i32x4.mul(v128.load32_splat(rowZeros + nth), weights);
      const sum = f32x4.convert_i32x4_s(i32x4.sub(loadFirst(place, left, none), zeros));
      storeFirst(place, f32x4.add(f32x4.mul(sum, scale), start), left);
    }
  }
}
