/** Of a sequence's keys or values. */
export interface KeysValuesShape {
  readonly heads: number;
  readonly width: number;
  readonly length: number;
  /** A multiple of 8. */
  readonly capacity: number;
}

/** What lies behind the length may be anything. */
const ANYTHING = Number.NaN;

/** Rows `[sequence · position, heads · width]` → `[sequence · head, capacity / 8, width, 8]`. */
export function keysOf(rows: Float32Array, shape: KeysValuesShape): Float32Array {
  const { heads, width, length, capacity } = shape;
  const units = rows.length / (length * width);
  const keys = new Float32Array(units * capacity * width).fill(ANYTHING);
  for (let unit = 0; unit < units; unit++)
    for (let position = 0; position < length; position++)
      for (let i = 0; i < width; i++) {
        const panel = unit * (capacity / 8) + (position >> 3);
        keys[(panel * width + i) * 8 + (position & 7)] =
          rows[placeIn(unit, position, i, { heads, width, length })]!;
      }
  return keys;
}

/** … → `[sequence · head, ⌈width / 8⌉, capacity, 8]`, filled up with zeros. */
export function valuesOf(rows: Float32Array, shape: KeysValuesShape): Float32Array {
  const { heads, width, length, capacity } = shape;
  const units = rows.length / (length * width);
  const panels = Math.ceil(width / 8);
  const values = new Float32Array(units * panels * capacity * 8).fill(ANYTHING);
  for (let unit = 0; unit < units; unit++)
    for (let position = 0; position < length; position++)
      for (let i = 0; i < panels * 8; i++) {
        const panel = unit * panels + (i >> 3);
        values[(panel * capacity + position) * 8 + (i & 7)] =
          i < width ? rows[placeIn(unit, position, i, { heads, width, length })]! : 0;
      }
  return values;
}

/** Where a number of `unit = sequence · heads + head` is in the rows. */
export function placeIn(
  unit: number,
  position: number,
  i: number,
  { heads, width, length }: Pick<KeysValuesShape, 'heads' | 'width' | 'length'>,
): number {
  const sequence = Math.floor(unit / heads);
  return ((sequence * length + position) * heads + (unit % heads)) * width + i;
}
