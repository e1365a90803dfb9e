// Where things are in tensors and packed matrices; see kernelArguments.ts.

/** Bytes of eight float32: of one input in a panel. */
export const PANEL_ROW: usize = 32;

/** `bytes` behind an address; none where there is none. */
@inline
export function after(address: usize, bytes: usize): usize {
  return address ? address + bytes : 0;
}

/** Where a head's row begins in `[sequence · query, heads · width]`; `head` counts through all sequences. */
@inline
export function rowOf(
  rows: usize,
  head: i32,
  query: i32,
  queries: i32,
  heads: i32,
  width: i32,
): usize {
  const sequence = head / heads;
  const row = <usize>(sequence * queries + query) * <usize>heads + <usize>(head - sequence * heads);
  return rows + ((row * <usize>width) << 2);
}

/** Where a row begins in `[sequence · head, query, key]`. */
@inline
export function patternRowOf(
  pattern: usize,
  head: i32,
  query: i32,
  queries: i32,
  length: i32,
): usize {
  return pattern + ((<usize>(head * queries + query) * <usize>length) << 2);
}

/** Where the keys of a head begin; heads are counted through all sequences. */
@inline
export function keysOf(keys: usize, head: i32, width: i32, capacity: i32): usize {
  return keys + ((<usize>head * <usize>capacity * <usize>width) << 2);
}

/** Where the values of a head begin. */
@inline
export function valuesOf(values: usize, head: i32, width: i32, capacity: i32): usize {
  return values + <usize>head * <usize>((width + 7) >> 3) * <usize>capacity * PANEL_ROW;
}
