import { after, PANEL_ROW } from './layout';
import { tile } from './tile';
import { madd, startOf } from './vector';

/**
 * One row times panels, `panelStride` bytes apart: the same sums in the same order as a tile's. As many panels
 * at once as hide the latency of a multiply-add: then memory is the limit.
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
  for (; columns >= 32; columns -= 32) {
    if (!bias) memory.fill(out, 0, 128);
    rowTimesFour(x, panel, panelStride, inputs, bias ? bias : out, out);
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

/** Four panels, 32 outputs. */
function rowTimesFour(
  x: usize,
  panel: usize,
  panelStride: usize,
  inputs: i32,
  starts: usize,
  out: usize,
): void {
  let a0 = v128.load(starts);
  let a1 = v128.load(starts, 16);
  let b0 = v128.load(starts, 32);
  let b1 = v128.load(starts, 48);
  let c0 = v128.load(starts, 64);
  let c1 = v128.load(starts, 80);
  let d0 = v128.load(starts, 96);
  let d1 = v128.load(starts, 112);
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
  v128.store(out, a0);
  v128.store(out, a1, 16);
  v128.store(out, b0, 32);
  v128.store(out, b1, 48);
  v128.store(out, c0, 64);
  v128.store(out, c1, 80);
  v128.store(out, d0, 96);
  v128.store(out, d1, 112);
}
