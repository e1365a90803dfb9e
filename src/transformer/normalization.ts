import * as tf from '@tensorflow/tfjs-core';
import { hasOwnKernel, runOwnKernel } from './operations/ownKernels';

/** Normalises each row, `[rows, width]` → `[rows, width]`. Call inside `tf.tidy`. */
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
    const { gain, bias, epsilon } = this;
    if (hasOwnKernel('LayerNorm')) return runOwnKernel('LayerNorm', { x, gain, bias }, { epsilon });
    const centred = tf.sub(x, tf.mean(x, 1, true)); // [rows, width]
    const variance = tf.mean(tf.square(centred), 1, true); // [rows, 1]
    const scale = tf.rsqrt(tf.add(variance, epsilon)); // [rows, 1]
    const normed = tf.mul<tf.Tensor2D>(centred, scale);
    const gained = gain ? tf.mul<tf.Tensor2D>(normed, gain) : normed;
    return bias ? tf.add(gained, bias) : gained;
  }
}

/** RMSNorm (Zhang & Sennrich 2019): x / √(mean(x²) + ε) · gain. */
export class RmsNorm implements Norm {
  constructor(
    readonly gain: tf.Tensor1D, // [width]
    readonly epsilon: number,
  ) {}

  apply(x: tf.Tensor2D): tf.Tensor2D {
    const { gain, epsilon } = this;
    if (hasOwnKernel('RmsNorm')) return runOwnKernel('RmsNorm', { x, gain }, { epsilon });
    const power = tf.mean(tf.square(x), 1, true); // [rows, 1]
    return tf.mul(tf.mul(x, tf.rsqrt(tf.add(power, epsilon))), gain);
  }
}
