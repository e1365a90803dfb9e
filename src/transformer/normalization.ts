import * as tf from '@tensorflow/tfjs-core';

/** LayerNorm (Ba et al. 2016): over the last axis, (x − mean) / √(variance + ε) · gain + bias. */
export class LayerNorm {
  constructor(
    private readonly gain: tf.Tensor1D, // [d_model]
    private readonly bias: tf.Tensor1D, // [d_model]
    private readonly epsilon: number,
  ) {}

  /** `[rows, d_model]` → `[rows, d_model]` */
  apply(x: tf.Tensor2D): tf.Tensor2D {
    const centred = tf.sub(x, tf.mean(x, 1, true)); // [rows, d_model]
    const variance = tf.mean(tf.square(centred), 1, true); // [rows, 1]
    const scale = tf.rsqrt(tf.add(variance, this.epsilon)); // [rows, 1]
    return tf.add(tf.mul(tf.mul(centred, scale), this.gain), this.bias);
  }
}
