/** Which two dimensions of a position vector belong together. */
import type { PositionLayout } from '../transformer/positions/positionConfig';

/** Base of the geometric progression of wavelengths (section 3.5). */
const BASE = 10_000;

export const pairCount = (dModel: number): number => Math.floor(dModel / 2);

/**
 * Dimensions of the sine and the cosine of a pair. Learned positions know no pairs: neighbours stand
 * in for them (`interleaved`).
 */
export const dimensionsOf = (
  pair: number,
  dModel: number,
  layout: PositionLayout,
): readonly [number, number] =>
  layout === 'interleaved' ? [2 * pair, 2 * pair + 1] : [pair, Math.ceil(dModel / 2) + pair];

/** ω of each pair in radians a position: 10000^(−2i / d_model), `[pair]`, float64. */
export const paperFrequencies = (dModel: number): Float64Array =>
  Float64Array.from({ length: pairCount(dModel) }, (_, pair) => BASE ** ((-2 * pair) / dModel));

/** Values of a table's pairs at a position, `[pair, 2]`. */
export function pairsAt(
  table: Float32Array, // [position, d_model]
  dModel: number,
  layout: PositionLayout,
  position: number,
): Float64Array {
  const pairs = new Float64Array(2 * pairCount(dModel));
  for (let pair = 0; 2 * pair < pairs.length; pair++) {
    const [first, second] = dimensionsOf(pair, dModel, layout);
    pairs[2 * pair] = table[position * dModel + first]!;
    pairs[2 * pair + 1] = table[position * dModel + second]!;
  }
  return pairs;
}

/** PE(p) · PE(p + k) ÷ |PE|² of the paper's sinusoids for k from `first`: mean of cos(ω k), `[k − first]`. */
export function paperCurve(
  dModel: number,
  first: number,
  count: number,
): Float32Array<ArrayBuffer> {
  const frequencies = paperFrequencies(dModel);
  return Float32Array.from({ length: count }, (_, i) => {
    let sum = 0;
    for (const frequency of frequencies) sum += Math.cos(frequency * (first + i));
    return sum / frequencies.length;
  });
}
