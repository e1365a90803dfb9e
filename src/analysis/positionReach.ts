/** Dot products of position vectors by distance, whichever two positions stand there. */
export interface DistanceProducts {
  /** `[distance]`, from 0. */
  readonly mean: Float32Array<ArrayBuffer>;
  readonly lowest: Float32Array<ArrayBuffer>;
  readonly highest: Float32Array<ArrayBuffer>;
}

/** Of the first `count` rows of a table, each with each, summed in float64. */
export function distanceProducts(
  table: Float32Array, // [position, d_model]
  dModel: number,
  count: number,
): DistanceProducts {
  const sums = new Float64Array(count);
  const lowest = new Float32Array(count).fill(Number.POSITIVE_INFINITY);
  const highest = new Float32Array(count).fill(Number.NEGATIVE_INFINITY);
  for (let origin = 0; origin < count; origin++) {
    for (let position = origin; position < count; position++) {
      let dot = 0;
      for (let d = 0; d < dModel; d++) {
        dot += table[origin * dModel + d]! * table[position * dModel + d]!;
      }
      const distance = position - origin;
      sums[distance]! += dot;
      lowest[distance] = Math.min(lowest[distance]!, dot);
      highest[distance] = Math.max(highest[distance]!, dot);
    }
  }
  const mean = Float32Array.from(sums, (sum, distance) => sum / (count - distance));
  return { mean, lowest, highest };
}

/** Largest difference between two pairs of positions at one distance. */
export const spreadOf = ({ lowest, highest }: DistanceProducts): number =>
  highest.reduce((most, high, distance) => Math.max(most, high - lowest[distance]!), 0);

export interface Rise {
  readonly from: number;
  readonly low: number;
  readonly to: number;
  readonly high: number;
}

/** The first distance after which a curve rises, and where that rise ends; null: it never rises. */
export function firstRise(curve: Float32Array): Rise | null {
  let from = 0;
  while (from + 1 < curve.length && curve[from + 1]! <= curve[from]!) from++;
  if (from + 1 >= curve.length) return null;
  let to = from + 1;
  while (to + 1 < curve.length && curve[to + 1]! > curve[to]!) to++;
  return { from, low: curve[from]!, to, high: curve[to]! };
}
