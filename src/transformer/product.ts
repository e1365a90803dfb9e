import * as tf from '@tensorflow/tfjs-core';

/** a · b, `[m, k]` × `[k, n]` → `[m, n]`: the one product everything here is made of (see `PlainKeysValues`). */
export function product(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(a, b);
}
