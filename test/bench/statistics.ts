/** The middle one; of an even count the mean of the two in the middle. NaN: there are none. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** One engine's turns at something: milliseconds of each run, a list a round. */
export type Turns = readonly (readonly number[])[];

/**
 * How many times as long the one takes as the other: the ratio within each round, where both met the
 * same machine, and of these the median. NaN: they shared no round.
 */
export function pairedRatio(mine: Turns, other: Turns): number {
  const ratios = mine
    .map((runs, round) => median(runs) / median(other[round] ?? []))
    .filter((ratio) => !Number.isNaN(ratio));
  return median(ratios);
}

/** Exponent p of time ≈ c · lengthᵖ: least squares in logarithms. */
export function growthExponent(
  points: readonly { readonly length: number; readonly ms: number }[],
): number {
  const x = points.map(({ length }) => Math.log(length));
  const y = points.map(({ ms }) => Math.log(ms));
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [middleX, middleY] = [mean(x), mean(y)];
  const covariance = x.reduce((sum, value, i) => sum + (value - middleX) * (y[i]! - middleY), 0);
  return covariance / x.reduce((sum, value) => sum + (value - middleX) ** 2, 0);
}
