import * as tf from '@tensorflow/tfjs-core';

/** x W + b with W kept `[in, out]`, so that every product is plain 2-D and untransposed (fast on WASM). */
export class Linear {
  constructor(
    readonly weight: tf.Tensor2D, // [in, out]
    readonly bias: tf.Tensor1D | null, // [out]
  ) {}

  /** `[rows, in]` → `[rows, out]` */
  apply(x: tf.Tensor2D): tf.Tensor2D {
    const { weight, bias } = this;
    const product = bias ? tf.fused.matMul({ a: x, b: weight, bias }) : tf.matMul(x, weight);
    return product as tf.Tensor2D;
  }
}
