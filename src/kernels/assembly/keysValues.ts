import { keysOf, PANEL_ROW, rowOf, valuesOf } from './layout';
import { startOf, storeEight } from './vector';

/**
 * Rows `[sequence · position, heads · width]` → keys `[sequence · head, capacity / 8, width, 8]` from
 * position `past` on. Units: sequences × heads.
 */
export function packKeys(
  rows: usize,
  keys: usize,
  length: i32,
  heads: i32,
  width: i32,
  past: i32,
  capacity: i32,
  thread: i32,
  from: i32,
  to: i32,
): void {
  const stride = (<usize>heads * <usize>width) << 2;
  for (let unit = from; unit < to; unit++) {
    let source = rowOf(rows, unit, 0, length, heads, width);
    const head = keysOf(keys, unit, width, capacity);
    for (let position = past; position < past + length; position++) {
      let target = placeOfKey(head, position, width);
      for (let i = 0; i < width; i++) {
        store<f32>(target, load<f32>(source + ((<usize>i) << 2)));
        target += PANEL_ROW;
      }
      source += stride;
    }
  }
}

/** Rows → values `[sequence · head, ⌈width / 8⌉, capacity, 8]` from position `past` on. Units: sequences × heads. */
export function packValues(
  rows: usize,
  values: usize,
  length: i32,
  heads: i32,
  width: i32,
  past: i32,
  capacity: i32,
  thread: i32,
  from: i32,
  to: i32,
): void {
  const stride = (<usize>heads * <usize>width) << 2;
  const panelStride = <usize>capacity * PANEL_ROW;
  for (let unit = from; unit < to; unit++) {
    let source = rowOf(rows, unit, 0, length, heads, width);
    let target = valuesOf(values, unit, width, capacity) + <usize>past * PANEL_ROW;
    for (let position = 0; position < length; position++) {
      let place = target;
      for (let i = 0; i < width; i += 8) {
        const at = source + ((<usize>i) << 2);
        v128.store(place, startOf(at, width - i));
        v128.store(place, startOf(at + 16, width - i - 4), 16);
        place += panelStride;
      }
      source += stride;
      target += PANEL_ROW;
    }
  }
}

/** Keys → plain `[sequence · head, width, length]`. Units: sequences × heads. */
export function unpackKeys(
  keys: usize,
  plain: usize,
  length: i32,
  width: i32,
  capacity: i32,
  thread: i32,
  from: i32,
  to: i32,
): void {
  for (let unit = from; unit < to; unit++) {
    const head = keysOf(keys, unit, width, capacity);
    for (let i = 0; i < width; i++) {
      let source = head + <usize>i * PANEL_ROW;
      let target = plain + (((<usize>unit * <usize>width + <usize>i) * <usize>length) << 2);
      for (let left = length; left > 0; left -= 8) {
        storeEight(target, v128.load(source), v128.load(source, 16), left);
        source += <usize>width * PANEL_ROW;
        target += 32;
      }
    }
  }
}

/** Values → plain `[sequence · head, length, width]`. Units: sequences × heads. */
export function unpackValues(
  values: usize,
  plain: usize,
  length: i32,
  width: i32,
  capacity: i32,
  thread: i32,
  from: i32,
  to: i32,
): void {
  for (let unit = from; unit < to; unit++) {
    const head = valuesOf(values, unit, width, capacity);
    for (let position = 0; position < length; position++) {
      let source = head + <usize>position * PANEL_ROW;
      let target = plain + (((<usize>unit * <usize>length + <usize>position) * <usize>width) << 2);
      for (let left = width; left > 0; left -= 8) {
        storeEight(target, v128.load(source), v128.load(source, 16), left);
        source += <usize>capacity * PANEL_ROW;
        target += 32;
      }
    }
  }
}

@inline
function placeOfKey(head: usize, position: i32, width: i32): usize {
  return head + <usize>(position >> 3) * <usize>width * PANEL_ROW + <usize>((position & 7) << 2);
}
