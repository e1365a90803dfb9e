/**
 * A step of k positions as a turn of each pair of dimensions:
 * (sin ω(p + k), cos ω(p + k)) = ((cos ωk, sin ωk), (−sin ωk, cos ωk)) (sin ωp, cos ωp), whatever p
 * (section 3.5: "PE(pos + k) can be represented as a linear function of PE(pos)").
 */

/** Pairs `[pair, 2]` of a position, float64. */
export type PairsAt = (position: number) => Float64Array;

export interface ShiftCheck {
  /** Largest |turned − table| over positions and both dimensions, `[pair]`. */
  readonly largest: Float64Array;
  readonly worst: { readonly difference: number; readonly position: number; readonly pair: number };
  /** ‖turned − table‖ / ‖table‖ over all positions and pairs. */
  readonly relative: number;
}

/** Every pair of `[pair, 2]` turned by its angle. */
export function turned(pairs: Float64Array, angles: Float64Array): Float64Array {
  const out = new Float64Array(pairs.length);
  for (const [pair, angle] of angles.entries()) {
    const [sine, cosine] = [pairs[2 * pair]!, pairs[2 * pair + 1]!];
    out[2 * pair] = Math.cos(angle) * sine + Math.sin(angle) * cosine;
    out[2 * pair + 1] = Math.cos(angle) * cosine - Math.sin(angle) * sine;
  }
  return out;
}

/** Turns the pairs of positions `[0, count − shift)` and compares with those `shift` later. */
export function checkShift(
  pairsAt: PairsAt,
  count: number,
  shift: number,
  angles: Float64Array,
): ShiftCheck {
  const largest = new Float64Array(angles.length);
  let worst = { difference: 0, position: 0, pair: 0 };
  let [missed, whole] = [0, 0];
  for (let position = 0; position + shift < count; position++) {
    const found = turned(pairsAt(position), angles);
    const wanted = pairsAt(position + shift);
    for (const [i, value] of wanted.entries()) {
      const pair = i >> 1;
      const difference = Math.abs(found[i]! - value);
      missed += difference ** 2;
      whole += value ** 2;
      if (difference > largest[pair]!) largest[pair] = difference;
      if (difference > worst.difference) worst = { difference, position, pair };
    }
  }
  return { largest, worst, relative: whole === 0 ? 0 : Math.sqrt(missed / whole) };
}

/**
 * The angle of each pair that leaves the smallest sum of squared differences over positions
 * `[0, count − shift)`: of a turn in the plane it has a closed form, `[pair]`.
 */
export function bestAngles(pairsAt: PairsAt, count: number, shift: number): Float64Array {
  const along = new Float64Array(pairsAt(0).length / 2);
  const across = new Float64Array(along.length);
  for (let position = 0; position + shift < count; position++) {
    const before = pairsAt(position);
    const after = pairsAt(position + shift);
    for (let pair = 0; pair < along.length; pair++) {
      const [s, c] = [before[2 * pair]!, before[2 * pair + 1]!];
      const [sLater, cLater] = [after[2 * pair]!, after[2 * pair + 1]!];
      along[pair]! += s * sLater + c * cLater;
      across[pair]! += c * sLater - s * cLater;
    }
  }
  return along.map((value, pair) => Math.atan2(across[pair]!, value));
}
