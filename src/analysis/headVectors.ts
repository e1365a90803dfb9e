import * as tf from '@tensorflow/tfjs-core';
import type { Linear } from '../transformer/linear';
import type { WeightMatrix } from '../transformer/matrix/weightMatrix';

/** Rows of W_O that belong to a head, times numbers of that head. */
interface Output {
  /** `[heads · d_v, d_model]` row-major. */
  readonly weight: Float32Array;
  /** `[d_model]`; null: there is none. */
  readonly bias: Float32Array | null;
  readonly dModel: number;
}

/** A matrix as numbers, `[in, out]` row-major. */
export const numbersOf = (weight: WeightMatrix): Float32Array =>
  tf.tidy(() => weight.plain().dataSync<'float32'>());

const outputOf = ({ weight, bias }: Linear): Output => ({
  weight: numbersOf(weight),
  bias: bias && bias.dataSync<'float32'>(),
  dModel: weight.outputs,
});

/** What an attention adds to one token, in float64. */
export interface HeadVectors {
  /** z_h · W_O,h, `[head][d_model]`. */
  readonly heads: readonly Float64Array[];
  /** b_O, `[d_model]`. */
  readonly bias: Float32Array | null;
  /** Heads and bias added, `[d_model]`. */
  readonly sum: Float64Array;
}

/**
 * concat(z) · W_O + b_O as a sum over heads: each block of rows of W_O meets but one head's z.
 * @param z of one token, `[head · d_v]`
 */
export function headVectors(z: Float32Array, projection: Linear, heads: number): HeadVectors {
  const { weight, bias, dModel } = outputOf(projection);
  const headWidth = z.length / heads;
  const vectors = Array.from({ length: heads }, (_, head) => {
    const vector = new Float64Array(dModel);
    for (let i = head * headWidth; i < (head + 1) * headWidth; i++)
      for (let d = 0; d < dModel; d++) vector[d]! += z[i]! * weight[i * dModel + d]!;
    return vector;
  });
  const sum = Float64Array.from(bias ?? new Float64Array(dModel));
  for (const vector of vectors) for (let d = 0; d < dModel; d++) sum[d]! += vector[d]!;
  return { heads: vectors, bias, sum };
}

/** The same vectors' products with a direction `[d_model]`, without making them. */
export function headProducts(
  z: Float32Array,
  projection: Linear,
  heads: number,
  direction: Float64Array,
): { readonly heads: Float64Array; readonly bias: number } {
  const { weight, bias, dModel } = outputOf(projection);
  const headWidth = z.length / heads;
  const products = new Float64Array(heads);
  for (let i = 0; i < z.length; i++) {
    let along = 0; // row i of W_O times the direction
    for (let d = 0; d < dModel; d++) along += weight[i * dModel + d]! * direction[d]!;
    products[Math.floor(i / headWidth)]! += z[i]! * along;
  }
  let biased = 0;
  for (let d = 0; d < dModel; d++) biased += (bias?.[d] ?? 0) * direction[d]!;
  return { heads: products, bias: biased };
}
