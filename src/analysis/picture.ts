/** A matrix reduced to pixels and coded in bytes: for colour only, never for numbers. */
export interface CodedMatrix {
  readonly rows: number;
  readonly columns: number;
  /** The weight byte 255 stands for. */
  readonly maximum: number;
  /** `[row, column]`, round(255 · √(weight ÷ maximum)); NaN (hidden) is 0. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Bits of +∞. Those of NaN, which marks a hidden weight, are above, and of what is below 0 negative. */
const INFINITE = 0x7f80_0000;

/**
 * Pools a matrix given row by row to at most `limit` × `limit` pixels: a pixel is the largest weight
 * it covers, so that a single sharp weight never vanishes. Linear bytes would paint 1/512 black, hence
 * the square root.
 */
export function codeMatrix(
  row: (query: number) => Float32Array,
  queries: number,
  keys: number,
  limit: number,
): CodedMatrix {
  const rows = Math.min(queries, limit);
  const columns = Math.min(keys, limit);
  const pooled = new Float32Array(rows * columns);
  const columnOf = Uint32Array.from({ length: keys }, (_, key) =>
    Math.floor((key * columns) / keys),
  );
  const largest = new Float32Array(keys); // by key, of the queries that a row of pixels covers
  let maximum = 0;
  for (let query = 0; query < queries; query++) {
    raise(largest, row(query));
    const pixels = Math.floor((query * rows) / queries);
    if (pixels === Math.floor(((query + 1) * rows) / queries)) continue;
    for (let key = 0; key < keys; key++) {
      const pixel = pixels * columns + columnOf[key]!;
      const weight = largest[key]!;
      if (weight > pooled[pixel]!) pooled[pixel] = weight;
      if (weight > maximum) maximum = weight;
    }
    largest.fill(0);
  }
  const bytes = new Uint8Array(pooled.length);
  if (maximum > 0) {
    for (let pixel = 0; pixel < pooled.length; pixel++)
      bytes[pixel] = Math.round(255 * Math.sqrt(pooled[pixel]! / maximum));
  }
  return { rows, columns, maximum, bytes };
}

/**
 * Raises numbers to those of a row where these are larger. An overview looks at every weight there is:
 * as integers, of which larger ones are larger floats, they are compared without a branch, and no
 * processor has to guess which way it goes (half the time).
 */
function raise(largest: Float32Array, row: Float32Array): void {
  const most = new Int32Array(largest.buffer);
  const bits = new Int32Array(row.buffer, row.byteOffset, row.length);
  for (let key = 0; key < bits.length; key++) {
    const given = bits[key]!;
    const weight = given & ((given - INFINITE - 1) >> 31); // 0 in place of NaN
    const before = most[key]!;
    most[key] = before ^ ((before ^ weight) & ((before - weight) >> 31));
  }
}
