/** How turning by a distance changes what a query and a key make of each other. */
export interface RotationCurve {
  /** cos(distance · θ), `[distance − from, pair]`. */
  readonly cosines: Float32Array<ArrayBuffer>;
  /** Mean of the cosines over the pairs, `[distance − from]`. */
  readonly similarity: Float32Array<ArrayBuffer>;
}

/**
 * Of rotary positions (Su et al. 2021, section 3.4.3) for distances `[from, to)`.
 * @param frequencies θ of each pair of dimensions, in radians a position
 */
export function rotationCurve(frequencies: Float32Array, from: number, to: number): RotationCurve {
  const pairs = frequencies.length;
  const cosines = new Float32Array((to - from) * pairs);
  const similarity = new Float32Array(to - from);
  for (let distance = from; distance < to; distance++) {
    let sum = 0;
    for (let pair = 0; pair < pairs; pair++) {
      const cosine = Math.cos(distance * frequencies[pair]!);
      cosines[(distance - from) * pairs + pair] = cosine;
      sum += cosine;
    }
    similarity[distance - from] = sum / pairs;
  }
  return { cosines, similarity };
}
