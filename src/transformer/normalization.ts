import * as tf from '@tensorflow/tfjs-core';

/** Normalises each row, `[rows, width]` → `[rows, width]`. */
export interface Norm {
  apply(x: tf.Tensor2D): tf.Tensor2D;
}

/** LayerNorm (Ba et al. 2016): over the last axis, (x − mean) / √(variance + ε) · gain + bias. */
export class LayerNorm implements Norm {
  constructor(
    /** `[width]`; null: 1. */
    readonly gain: tf.Tensor1D | null,
    /** `[width]`; null: 0. */
    readonly bias: tf.Tensor1D | null,
    readonly epsilon: number,
  ) {}

  apply(x: tf.Tensor2D): tf.Tensor2D {
    const centred = tf.sub(x, tf.mean(x, 1, true)); // [rows, width]
    const variance = tf.mean(tf.square(centred), 1, true); // [rows, 1]
    const scale = tf.rsqrt(tf.add(variance, this.epsilon)); // [rows, 1]
    const normed = tf.mul<tf.Tensor2D>(centred, scale);
    const gained = this.gain ? tf.mul<tf.Tensor2D>(normed, this.gain) : normed;
    return this.bias ? tf.add(gained, this.bias) : gained;
  }
}

/** RMSNorm (Zhang & Sennrich 2019): x / √(mean(x²) + ε) · gain. */
export class RmsNorm implements Norm {
  constructor(
    readonly gain: tf.Tensor1D, // [width]
    readonly epsilon: number,
  ) {}

  apply(x: tf.Tensor2D): tf.Tensor2D {
    const power = tf.mean(tf.square(x), 1, true); // [rows, 1]
    return tf.mul(tf.mul(x, tf.rsqrt(tf.add(power, this.epsilon))), this.gain);
  }
}
