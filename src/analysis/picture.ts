/** A matrix reduced to pixels and coded in bytes: for colour only, never for numbers. */
export interface CodedMatrix {
  readonly rows: number;
  readonly columns: number;
  /** The weight byte 255 stands for. */
  readonly maximum: number;
  /** `[row, column]`, round(255 · √(weight ÷ maximum)); NaN (hidden) is 0. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Pools a matrix given row by row to at most `limit` × `limit` pixels: a pixel is the largest weight
 * it covers, so that a single sharp weight never vanishes. Linear bytes would paint 1/512 black, hence
 * the square root.
 */
export function codeMatrix(
  row: (query: number) => ArrayLike<number>,
  queries: number,
  keys: number,
  limit: number,
): CodedMatrix {
  const rows = Math.min(queries, limit);
  const columns = Math.min(keys, limit);
  const pooled = new Float32Array(rows * columns);
  let maximum = 0;
  for (let query = 0; query < queries; query++) {
    const weights = row(query);
    const start = Math.floor((query * rows) / queries) * columns;
    for (let key = 0; key < weights.length; key++) {
      const pixel = start + Math.floor((key * columns) / keys);
      const weight = weights[key]!;
      if (weight > pooled[pixel]!) pooled[pixel] = weight;
      if (weight > maximum) maximum = weight;
    }
  }
  const bytes = new Uint8Array(pooled.length);
  if (maximum > 0) {
    for (const [pixel, weight] of pooled.entries()) {
      bytes[pixel] = Math.round(255 * Math.sqrt(weight / maximum));
    }
  }
  return { rows, columns, maximum, bytes };
}
