import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Activation } from './config';
import type { WeightMatrix } from './matrix/weightMatrix';

/** x W + b, and what follows it number by number. */
export class Linear {
  constructor(
    readonly weight: WeightMatrix, // [in, out]
    readonly bias: Tensor1D | null, // [out]
  ) {}

  /** `[rows, in]` → `[rows, out]`. Call inside `tf.tidy`. */
  apply(x: Tensor2D, activation: Activation = 'linear'): Tensor2D {
    return this.weight.times(x, this.bias, activation);
  }
}
