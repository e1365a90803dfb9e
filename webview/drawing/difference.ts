/** Two matrices on one pair of axes, and the one minus the other. Exact numbers in, coded pixels out. Pure. */
import { signedStepOf, stepOf } from '../../src/palette/weightCoding';
import { fourDecimals } from '../../src/navigation/names';
import type { Pair } from './alignment';
import type { Pixels } from './raster';

/** A matrix as the engine computed it; hidden entries are NaN. */
export interface ExactMatrix {
  readonly queries: number;
  readonly keys: number;
  /** `[query, key]`, row-major. */
  readonly weights: Float32Array;
}

export type Which = keyof Pair;

/** Two matrices whose queries and keys have been aligned: indices of the pairs are tokens. */
export interface AlignedMatrices {
  readonly pinned: ExactMatrix;
  readonly current: ExactMatrix;
  readonly queries: readonly Pair[];
  readonly keys: readonly Pair[];
}

/** The weight at a cell of the common axes; null where a token is missing or hidden. */
export function weightAt(
  matrices: AlignedMatrices,
  which: Which,
  row: number,
  column: number,
): number | null {
  const query = matrices.queries[row]?.[which] ?? null;
  const key = matrices.keys[column]?.[which] ?? null;
  const { keys, queries, weights } = matrices[which];
  if (query === null || key === null || query >= queries || key >= keys) return null;
  const weight = weights[query * keys + key];
  return weight === undefined || Number.isNaN(weight) ? null : weight;
}

/** Current minus pinned; null unless both are there. */
export const minus = (current: number | null, pinned: number | null): number | null =>
  current === null || pinned === null ? null : current - pinned;

export const differenceAt = (matrices: AlignedMatrices, row: number, column: number) =>
  minus(weightAt(matrices, 'current', row, column), weightAt(matrices, 'pinned', row, column));

/** Colours every cell of the common axes by a step, null by step 0. */
function pixelsFrom(
  { queries, keys }: AlignedMatrices,
  step: (row: number, column: number) => number,
): Pixels {
  const bytes = new Uint8Array(queries.length * keys.length);
  let at = 0;
  for (let row = 0; row < queries.length; row++)
    for (let column = 0; column < keys.length; column++) bytes[at++] = step(row, column);
  return { rows: queries.length, columns: keys.length, bytes };
}

/** One of the two, √-coded against `top`. */
export const weightPixels = (matrices: AlignedMatrices, which: Which, top: number): Pixels =>
  pixelsFrom(matrices, (row, column) => stepOf(weightAt(matrices, which, row, column) ?? 0, top));

/** The difference, linear between −limit and limit. */
export const differencePixels = (matrices: AlignedMatrices, limit: number): Pixels =>
  pixelsFrom(matrices, (row, column) =>
    Math.floor(signedStepOf(differenceAt(matrices, row, column) ?? 0, limit)),
  );

/** A cell of the common axes where both have a weight. */
export interface Differing {
  readonly row: number;
  readonly column: number;
  readonly pinned: number;
  readonly current: number;
  readonly difference: number;
}

/** The cells that differ most, largest first; equal ones in the order of the text. */
export function largestDifferences(matrices: AlignedMatrices, count: number): Differing[] {
  const found: Differing[] = [];
  const size = (cell: Differing): number => Math.abs(cell.difference);
  for (let row = 0; row < matrices.queries.length; row++)
    for (let column = 0; column < matrices.keys.length; column++) {
      const pinned = weightAt(matrices, 'pinned', row, column);
      const current = weightAt(matrices, 'current', row, column);
      const difference = minus(current, pinned);
      if (pinned === null || current === null || difference === null || difference === 0) continue;
      const last = found[count - 1];
      if (last !== undefined && Math.abs(difference) <= size(last)) continue;
      const cell = { row, column, pinned, current, difference };
      const place = found.findIndex((other) => size(other) < size(cell));
      found.splice(place < 0 ? found.length : place, 0, cell);
      found.length = Math.min(found.length, count);
    }
  return found;
}

/** The largest weight of a matrix, hidden ones aside. */
export function largestWeight({ weights }: ExactMatrix): number {
  let most = 0;
  for (const weight of weights) if (weight > most) most = weight;
  return most;
}

/** Four decimals with a sign, which a rounded zero has not. */
export function signedFourDecimals(value: number): string {
  const digits = fourDecimals(Math.abs(value));
  if (Number(digits) === 0) return digits;
  return `${value < 0 ? '−' : '+'}${digits}`;
}
