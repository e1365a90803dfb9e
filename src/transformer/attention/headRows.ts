import * as tf from '@tensorflow/tfjs-core';
import type { SequenceShape } from '../sequence';

/** `[batch · position, heads · d]` → one `[position, d]` a sequence and head: entry `row · heads + head`. */
export function split(
  x: tf.Tensor2D,
  { batch, length }: SequenceShape,
  heads: number,
): tf.Tensor2D[] {
  const width = x.shape[1] / heads;
  return Array.from({ length: batch * heads }, (_, i) => {
    const row = Math.floor(i / heads);
    return tf.slice(x, [row * length, (i % heads) * width], [length, width]);
  });
}

/** The inverse of `split`. */
export function join(
  parts: readonly tf.Tensor2D[],
  { batch }: SequenceShape,
  heads: number,
): tf.Tensor2D {
  const rows = Array.from({ length: batch }, (_, row) =>
    tf.concat2d(parts.slice(row * heads, (row + 1) * heads), 1),
  );
  return rows.length === 1 ? rows[0]! : tf.concat2d(rows, 0);
}
