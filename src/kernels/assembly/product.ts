import { after, PANEL_ROW } from './layout';
import { LINEAR, transform } from './nonlinearity';
import { rowTimesPanels } from './rowTimesPanels';
import { isTall, TALLEST, tallTile, tile } from './tile';
import { startOf } from './vector';

/** `out` `[rows, outputs]` = activation(`x` `[rows, inputs]` · packed + `bias` `[outputs]`). Units: panels. */
export function product(
  x: usize,
  packed: usize,
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
  const panelStride = <usize>inputs * PANEL_ROW;
  const outStride = (<usize>outputs) << 2;
  const stride = (<usize>inputs) << 2;
  if (rows == 1) {
    const shift = <usize>from * 32;
    const columns = max(min(outputs, to * 8) - from * 8, 0);
    const panel = packed + <usize>from * panelStride;
    rowTimesPanels(x, panel, panelStride, inputs, after(bias, shift), out + shift, columns);
    if (activation != LINEAR) transform(out + shift, 0, out + shift, 0, 1, columns, activation);
    return;
  }
  for (let panel = from; panel < to; panel++) {
    const columns = min(outputs - panel * 8, 8);
    const shift = <usize>panel * 32;
    const start0 = startOf(after(bias, shift), columns);
    const start1 = startOf(after(bias, shift + 16), columns - 4);
    const weights = packed + <usize>panel * panelStride;
    let row = 0;
    while (row < rows) {
      const source = x + <usize>row * stride;
      const target = out + <usize>row * outStride + shift;
      const left = rows - row;
      if (isTall(left, columns)) {
        tallTile(source, stride, weights, inputs, start0, start1, target, outStride);
        row += TALLEST;
      } else {
        const count = min(left, 4);
        tile(source, stride, count, weights, inputs, start0, start1, target, outStride, columns);
        row += 4;
      }
    }
    if (activation != LINEAR)
      transform(out + shift, 0, out + shift, outStride, rows, columns, activation);
  }
}
