import { PANEL_ROW } from './layout';
import { startOf, storeEight } from './vector';

/** Plain `[inputs, outputs]` → packed. Units: panels. */
export function pack(
  plain: usize,
  packed: usize,
  inputs: i32,
  outputs: i32,
  thread: i32,
  from: i32,
  to: i32,
): void {
  const stride = (<usize>outputs) << 2;
  for (let panel = from; panel < to; panel++) {
    const columns = outputs - panel * 8;
    let source = plain + <usize>panel * 32;
    let target = packed + <usize>panel * <usize>inputs * PANEL_ROW;
    for (let input = 0; input < inputs; input++) {
      v128.store(target, startOf(source, columns));
      v128.store(target, startOf(source + 16, columns - 4), 16);
      source += stride;
      target += PANEL_ROW;
    }
  }
}

/** Plain `[outputs, inputs]` → packed. Units: panels. */
export function packTransposed(
  plain: usize,
  packed: usize,
  inputs: i32,
  outputs: i32,
  thread: i32,
  from: i32,
  to: i32,
): void {
  const stride = (<usize>inputs) << 2;
  for (let panel = from; panel < to; panel++) {
    const target = packed + <usize>panel * <usize>inputs * PANEL_ROW;
    packRows(
      plain + <usize>panel * 8 * stride,
      stride,
      min(outputs - panel * 8, 8),
      inputs,
      target,
    );
  }
}

/** Rows `[rows ≤ 8, inputs]`, `stride` bytes apart, → one panel `[inputs, 8]`, filled up with zeros. */
function packRows(source: usize, stride: usize, rows: i32, inputs: i32, panel: usize): void {
  for (let row = 0; row < 8; row++) {
    let target = panel + ((<usize>row) << 2);
    for (let input = 0; input < inputs; input++) {
      store<f32>(target, row < rows ? load<f32>(source + ((<usize>input) << 2)) : 0);
      target += PANEL_ROW;
    }
    source += stride;
  }
}

/** Packed → plain `[inputs, outputs]`. Units: inputs. */
export function unpack(
  packed: usize,
  plain: usize,
  inputs: i32,
  outputs: i32,
  thread: i32,
  from: i32,
  to: i32,
): void {
  const panelStride = <usize>inputs * PANEL_ROW;
  for (let input = from; input < to; input++) {
    let source = packed + <usize>input * PANEL_ROW;
    let target = plain + ((<usize>input * <usize>outputs) << 2);
    for (let left = outputs; left > 0; left -= 8) {
      storeEight(target, v128.load(source), v128.load(source, 16), left);
      source += panelStride;
      target += 32;
    }
  }
}

/** Column `ids[i]` of a packed matrix → row i of `out` `[ids, inputs]`. Units: entries of `ids` (int32). */
export function packedColumns(
  packed: usize,
  ids: usize,
  out: usize,
  inputs: i32,
  thread: i32,
  from: i32,
  to: i32,
): void {
  for (let i = from; i < to; i++) {
    const id = load<u32>(ids + ((<usize>i) << 2));
    let source = packed + <usize>(id >> 3) * <usize>inputs * PANEL_ROW + <usize>((id & 7) << 2);
    let target = out + ((<usize>i * <usize>inputs) << 2);
    for (let input = 0; input < inputs; input++) {
      store<f32>(target, load<f32>(source));
      source += PANEL_ROW;
      target += 4;
    }
  }
}
