/** What a sum is made of. */

export interface Summands {
  /** Indices of the largest by amount, largest first. */
  readonly order: readonly number[];
  /** The others. */
  readonly rest: { readonly count: number; readonly sum: number };
  /** Of all, in float64. */
  readonly sum: number;
}

/** The `most` summands that move a sum farthest; equal ones in their own order. */
export function largestSummands(values: ArrayLike<number>, most: number): Summands {
  const all = Array.from(values, (_, index) => index);
  all.sort((a, b) => Math.abs(values[b]!) - Math.abs(values[a]!) || a - b);
  const order = all.slice(0, most);
  const others = all.slice(most);
  const add = (indices: readonly number[]): number =>
    indices.reduce((sum, index) => sum + values[index]!, 0);
  const rest = { count: others.length, sum: add(others) };
  return { order, rest, sum: add(order) + rest.sum };
}

/** Σ_r a[r] · M[r, c] for every column c, in float64; `matrix` `[rows, columns]` row-major. */
export function rowTimes(
  a: ArrayLike<number>,
  matrix: ArrayLike<number>,
  columns: number,
): Float64Array<ArrayBuffer> {
  const product = new Float64Array(columns);
  for (let row = 0; row < a.length; row++) {
    const factor = a[row]!;
    for (let column = 0; column < columns; column++)
      product[column]! += factor * matrix[row * columns + column]!;
  }
  return product;
}
