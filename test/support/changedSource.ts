import type { WeightSource } from '../../src/transformer/weights';

/**
 * A source some of whose numbers are others.
 * @param change of a number, given the tensor's name and its place as in a matrix
 */
export function changedSource(
  source: WeightSource,
  change: (number: number, name: string, row: number, column: number) => number,
): WeightSource {
  const changed = (numbers: Float32Array, name: string, width: number, first: number) =>
    numbers.map((one, i) => change(one, name, first + Math.floor(i / width), i % width));
  const widthOf = (shape: readonly number[]): number => shape[1] ?? 1;
  return {
    names: source.names,
    read: async (name, shape) => changed(await source.read(name, shape), name, widthOf(shape), 0),
    readRows: (name, shape, multiple, take) =>
      source.readRows(name, shape, multiple, (numbers, first) =>
        take(changed(numbers, name, widthOf(shape), first), first),
      ),
  };
}
