import { after, PANEL_ROW } from './layout';
import { loadFirst, madd, storeFirst } from './vector';

/**
 * Up to four rows times a panel: `out[r, o] = start[o] + Σ x[r, i] · panel[i, o]` for eight outputs o, of
 * which `columns` are written. The sum of each output goes through i = 0, 1, … one after another.
 * @param x first row; rows are `stride` bytes apart, and `outStride` bytes those of `out`
 * @param start0 starts of outputs 0–3
 * @param start1 starts of outputs 4–7
 */
export function tile(
  x: usize,
  stride: usize,
  rows: i32,
  panel: usize,
  inputs: i32,
  start0: v128,
  start1: v128,
  out: usize,
  outStride: usize,
  columns: i32,
): void {
  anyTile(false, x, stride, rows, panel, inputs, start0, start1, out, outStride, columns);
}

/** The same for up to six rows. */
export function tallTile(
  x: usize,
  stride: usize,
  rows: i32,
  panel: usize,
  inputs: i32,
  start0: v128,
  start1: v128,
  out: usize,
  outStride: usize,
  columns: i32,
): void {
  anyTile(true, x, stride, rows, panel, inputs, start0, start1, out, outStride, columns);
}

@inline
function anyTile(
  isTall: bool,
  x: usize,
  stride: usize,
  rows: i32,
  panel: usize,
  inputs: i32,
  start0: v128,
  start1: v128,
  out: usize,
  outStride: usize,
  columns: i32,
): void {
  // Rows that are not there: the last one again.
  const x1 = rows > 1 ? x + stride : x;
  const x2 = rows > 2 ? x1 + stride : x1;
  const x3 = rows > 3 ? x2 + stride : x2;
  const x4 = rows > 4 ? x3 + stride : x3;
  const x5 = rows > 5 ? x4 + stride : x4;
  let a0 = start0;
  let a1 = start1;
  let b0 = start0;
  let b1 = start1;
  let c0 = start0;
  let c1 = start1;
  let d0 = start0;
  let d1 = start1;
  let e0 = start0;
  let e1 = start1;
  let f0 = start0;
  let f1 = start1;
  const end = (<usize>inputs) << 2;
  for (let i: usize = 0; i < end; i += 4) {
    const w0 = v128.load(panel);
    const w1 = v128.load(panel, 16);
    let s = v128.load32_splat(x + i);
    a0 = madd(s, w0, a0);
    a1 = madd(s, w1, a1);
    s = v128.load32_splat(x1 + i);
    b0 = madd(s, w0, b0);
    b1 = madd(s, w1, b1);
    s = v128.load32_splat(x2 + i);
    c0 = madd(s, w0, c0);
    c1 = madd(s, w1, c1);
    s = v128.load32_splat(x3 + i);
    d0 = madd(s, w0, d0);
    d1 = madd(s, w1, d1);
    if (isTall) {
      s = v128.load32_splat(x4 + i);
      e0 = madd(s, w0, e0);
      e1 = madd(s, w1, e1);
      s = v128.load32_splat(x5 + i);
      f0 = madd(s, w0, f0);
      f1 = madd(s, w1, f1);
    }
    panel += PANEL_ROW;
  }
  storeEight(out, a0, a1, columns);
  if (rows > 1) storeEight(out + outStride, b0, b1, columns);
  if (rows > 2) storeEight(out + 2 * outStride, c0, c1, columns);
  if (rows > 3) storeEight(out + 3 * outStride, d0, d1, columns);
  if (isTall && rows > 4) storeEight(out + 4 * outStride, e0, e1, columns);
  if (isTall && rows > 5) storeEight(out + 5 * outStride, f0, f1, columns);
}

/** Writes the first `columns` of eight numbers. */
@inline
export function storeEight(out: usize, low: v128, high: v128, columns: i32): void {
  if (columns >= 8) {
    v128.store(out, low);
    v128.store(out, high, 16);
  } else {
    storeFirst(out, low, columns);
    storeFirst(out + 16, high, columns - 4);
  }
}

/**
 * One row times panels, `panelStride` bytes apart: the same sums in the same order as `tile`. As many
 * panels at once as hide the latency of a multiply-add: then memory is the limit.
 * @param columns outputs of all panels together
 * @param bias their starts; 0: none
 */
export function rowTimesPanels(
  x: usize,
  panel: usize,
  panelStride: usize,
  inputs: i32,
  bias: usize,
  out: usize,
  columns: i32,
): void {
  for (; columns > 24; columns -= 32) {
    rowTimesFour(x, panel, panelStride, inputs, bias, out, columns);
    panel += 4 * panelStride;
    out += 128;
    bias = after(bias, 128);
  }
  for (; columns > 0; columns -= 8) {
    const low = startOf(bias, columns);
    const high = startOf(after(bias, 16), columns - 4);
    tile(x, 0, 1, panel, inputs, low, high, out, 0, columns);
    panel += panelStride;
    out += 32;
    bias = after(bias, 32);
  }
}

/** Four numbers at `address` of which `count` are there; zeros without an address. */
@inline
export function startOf(address: usize, count: i32): v128 {
  return address ? loadFirst(address, count, f32x4.splat(0)) : f32x4.splat(0);
}

function rowTimesFour(
  x: usize,
  panel: usize,
  panelStride: usize,
  inputs: i32,
  bias: usize,
  out: usize,
  columns: i32,
): void {
  let a0 = startOf(bias, columns);
  let a1 = startOf(after(bias, 16), columns - 4);
  let b0 = startOf(after(bias, 32), columns - 8);
  let b1 = startOf(after(bias, 48), columns - 12);
  let c0 = startOf(after(bias, 64), columns - 16);
  let c1 = startOf(after(bias, 80), columns - 20);
  let d0 = startOf(after(bias, 96), columns - 24);
  let d1 = startOf(after(bias, 112), columns - 28);
  const panel1 = panel + panelStride;
  const panel2 = panel1 + panelStride;
  const panel3 = panel2 + panelStride;
  const end = <usize>inputs * PANEL_ROW;
  for (let i: usize = 0; i < end; i += PANEL_ROW) {
    const s = v128.load32_splat(x);
    a0 = madd(s, v128.load(panel + i), a0);
    a1 = madd(s, v128.load(panel + i, 16), a1);
    b0 = madd(s, v128.load(panel1 + i), b0);
    b1 = madd(s, v128.load(panel1 + i, 16), b1);
    c0 = madd(s, v128.load(panel2 + i), c0);
    c1 = madd(s, v128.load(panel2 + i, 16), c1);
    d0 = madd(s, v128.load(panel3 + i), d0);
    d1 = madd(s, v128.load(panel3 + i, 16), d1);
    x += 4;
  }
  storeEight(out, a0, a1, columns);
  storeEight(out + 32, b0, b1, columns - 8);
  storeEight(out + 64, c0, c1, columns - 16);
  storeEight(out + 96, d0, d1, columns - 24);
}
