/** Queries and keys of one head, made of positions alone. */
export interface HeadPositions {
  /** `[position, d_k]` */
  readonly queries: Float32Array;
  readonly keys: Float32Array;
  readonly width: number;
  /** Factor on q · k. */
  readonly scale: number;
}

/** q(query) · k(key) · scale, summed in float64. */
export function positionScore(
  { queries, keys, width, scale }: HeadPositions,
  query: number,
  key: number,
): number {
  let dot = 0;
  for (let d = 0; d < width; d++) dot += queries[query * width + d]! * keys[key * width + d]!;
  return dot * scale;
}

export interface ScoresByDistance {
  /** Key − query of the first entry. */
  readonly first: number;
  /** `[distance − first]` */
  readonly mean: Float32Array<ArrayBuffer>;
  readonly lowest: Float32Array<ArrayBuffer>;
  readonly highest: Float32Array<ArrayBuffer>;
}

/** Over all queries among `count` positions; a causal head has no keys behind the query. */
export function scoresByDistance(
  head: HeadPositions,
  count: number,
  causal: boolean,
): ScoresByDistance {
  const first = 1 - count;
  const length = causal ? count : 2 * count - 1;
  const sums = new Float64Array(length);
  const lowest = new Float32Array(length).fill(Number.POSITIVE_INFINITY);
  const highest = new Float32Array(length).fill(Number.NEGATIVE_INFINITY);
  for (let query = 0; query < count; query++) {
    for (let key = 0; key < (causal ? query + 1 : count); key++) {
      const score = positionScore(head, query, key);
      const at = key - query - first;
      sums[at]! += score;
      lowest[at] = Math.min(lowest[at]!, score);
      highest[at] = Math.max(highest[at]!, score);
    }
  }
  const mean = Float32Array.from(sums, (sum, at) => sum / (count - Math.abs(first + at)));
  return { first, mean, lowest, highest };
}
