import * as tf from '@tensorflow/tfjs-core';
import type { ScoreBias } from './positionEffect';

/**
 * Slopes of ALiBi (Press et al. 2022, section 3), a head each: 2^(−8/n), 2^(−16/n), … for n heads, a
 * power of two; for other n those of the next lower power, then every other one of the next higher.
 */
export function alibiSlopes(heads: number): Float32Array {
  const power = 2 ** Math.floor(Math.log2(heads));
  const slopeOf = (count: number, index: number): number => 2 ** ((-8 * index) / count);
  return Float32Array.from({ length: heads }, (_, head) =>
    head < power ? slopeOf(power, head + 1) : slopeOf(2 * power, 2 * (head - power) + 1),
  );
}

/**
 * slope · (number of the key among the tokens that are not padding), the same for every query: a
 * softmax sees only differences between keys, so this is the −slope · distance of the paper.
 * @param keyMask `[batch · key]`
 */
export function alibiBias(heads: number, keyMask: Uint8Array, batch: number): ScoreBias {
  const slopes = alibiSlopes(heads);
  const keys = keyMask.length / batch;
  const ofSequence = (row: number): tf.Tensor2D[] => {
    const mask = keyMask.subarray(row * keys, (row + 1) * keys);
    let count = -1;
    const numbers = Array.from(mask, (real) => (count += real) * real);
    return Array.from(slopes, (slope) =>
      tf.tensor2d(
        numbers.map((number) => slope * number),
        [1, keys],
      ),
    );
  };
  // All of them or, where memory gives out, none.
  const rows = tf.tidy(() => Array.from({ length: batch }, (_, row) => ofSequence(row)));
  return { of: (row, head) => rows[row]![head]!, dispose: () => tf.dispose(rows) };
}
