import { PANEL_ROW } from './layout';
import { dot, tileInt8 } from './tileInt8';

/** One row times panels that follow one another, as `rowTimesPanels`; `out` becomes the sums, int32. */
export function rowTimesPanelsInt8(
  x: usize,
  panel: usize,
  inputs: i32,
  out: usize,
  columns: i32,
): void {
  const panelStride = (<usize>inputs) << 3;
  for (; columns >= 32; columns -= 32) {
    rowTimesFourInt8(x, panel, panelStride, inputs, out);
    panel += 4 * panelStride;
    out += 128;
  }
  for (; columns > 0; columns -= 8) {
    tileInt8(x, 0, 1, panel, inputs, out, 0, columns);
    panel += panelStride;
    out += 32;
  }
}

/** Four panels, 32 outputs. */
function rowTimesFourInt8(
  x: usize,
  panel: usize,
  panelStride: usize,
  inputs: i32,
  out: usize,
): void {
  let a0 = i32x4.splat(0);
  let a1 = i32x4.splat(0);
  let b0 = i32x4.splat(0);
  let b1 = i32x4.splat(0);
  let c0 = i32x4.splat(0);
  let c1 = i32x4.splat(0);
  let d0 = i32x4.splat(0);
  let d1 = i32x4.splat(0);
  const panel1 = panel + panelStride;
  const panel2 = panel1 + panelStride;
  const panel3 = panel2 + panelStride;
  const end = (<usize>inputs) << 3;
  for (let i: usize = 0; i < end; i += PANEL_ROW) {
    const s = v128.load32_splat(x);
    a0 = dot(s, v128.load(panel + i), a0);
    a1 = dot(s, v128.load(panel + i, 16), a1);
    b0 = dot(s, v128.load(panel1 + i), b0);
    b1 = dot(s, v128.load(panel1 + i, 16), b1);
    c0 = dot(s, v128.load(panel2 + i), c0);
    c1 = dot(s, v128.load(panel2 + i, 16), c1);
    d0 = dot(s, v128.load(panel3 + i), d0);
    d1 = dot(s, v128.load(panel3 + i, 16), d1);
    x += 4;
  }
  v128.store(out, a0);
  v128.store(out, a1, 16);
  v128.store(out, b0, 32);
  v128.store(out, b1, 48);
  v128.store(out, c0, 64);
  v128.store(out, c1, 80);
  v128.store(out, d0, 96);
  v128.store(out, d1, 112);
}
