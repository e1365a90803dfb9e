import type { PackedNames } from '../families/weightNames';

/** Widths of the three parts of a packed projection. */
export interface PackedWidths {
  readonly heads: number;
  readonly headWidth: number;
}

/**
 * Of rows `[row, 3 · heads · d]` of queries, keys and values together the columns of one part,
 * `[row, heads · d]`.
 */
export function partColumns(
  numbers: Float32Array,
  order: PackedNames['order'],
  part: number,
  { heads, headWidth }: PackedWidths,
): Float32Array {
  const columns = new Float32Array(numbers.length / 3);
  for (let to = 0; to < columns.length; to += headWidth) {
    const head = (to / headWidth) % heads;
    const row = 3 * (to - head * headWidth); // where it begins
    const place = order === 'parts' ? part * heads + head : head * 3 + part;
    const from = row + place * headWidth;
    columns.set(numbers.subarray(from, from + headWidth), to);
  }
  return columns;
}
