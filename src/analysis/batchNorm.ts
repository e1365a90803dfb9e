import type { Norm } from '../transformer/normalization';
import { partsOf } from './frozenNorm';

/**
 * Batch normalisation in training (Ioffe & Szegedy 2015, algorithm 1) with the gain, bias and ε of
 * another norm: each feature has mean 0 and variance 1 over all rows `[rows, width]` of the batch.
 * @returns the chosen row, `[width]`
 */
export function batchNormRow(
  rows: Float32Array,
  width: number,
  row: number,
  norm: Norm,
): Float32Array<ArrayBuffer> {
  const count = rows.length / width;
  const { gain, bias, epsilon } = partsOf(norm);
  return Float32Array.from({ length: width }, (_, feature) => {
    let mean = 0;
    for (let i = 0; i < count; i++) mean += rows[i * width + feature]! / count;
    let variance = 0;
    for (let i = 0; i < count; i++) variance += (rows[i * width + feature]! - mean) ** 2 / count;
    const normed = (rows[row * width + feature]! - mean) / Math.sqrt(variance + epsilon);
    return normed * (gain?.[feature] ?? 1) + (bias?.[feature] ?? 0);
  });
}
