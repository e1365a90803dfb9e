import * as tf from '@tensorflow/tfjs-core';

/**
 * True at the heads chosen, `[1, 1, head, 1]`: for values `[batch, position, head, d_head]`.
 * @param chosen null: all
 */
export function headsMask(heads: number, chosen: ReadonlySet<number> | null): tf.Tensor4D {
  const flags = Array.from({ length: heads }, (_, head) => chosen?.has(head) ?? true);
  return tf.tensor4d(flags, [1, 1, heads, 1], 'bool');
}
