/** Numbers `[rows, columns]`, row by row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly at: (row: number, column: number) => number;
}

export const matrix = (numbers: ArrayLike<number>, rows: number, columns: number): Matrix => ({
  rows,
  columns,
  at: (row, column) => numbers[row * columns + column]!,
});

/** `[in, out]` → `[⌈out / 8⌉, in, 8]`, the last panel filled up with zeros. */
export function packed({ rows, columns, at }: Matrix): Float32Array {
  const panels = Math.ceil(columns / 8);
  return Float32Array.from({ length: panels * rows * 8 }, (_, i) => {
    const column = Math.floor(i / (rows * 8)) * 8 + (i % 8);
    return column < columns ? at(Math.floor(i / 8) % rows, column) : 0;
  });
}

/** Row by row. */
export const plain = ({ rows, columns, at }: Matrix): Float32Array =>
  Float32Array.from({ length: rows * columns }, (_, i) => at(Math.floor(i / columns), i % columns));

export const transposed = ({ rows, columns, at }: Matrix): Matrix => ({
  rows: columns,
  columns: rows,
  at: (row, column) => at(column, row),
});
