import type { Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { BuiltInActivation } from './rowKernels';

/** Kernels of matrices with 8-bit weights: see `QuantisedMatrix`. */
export interface QuantisedKernels {
  /** A packed matrix in 8 bits: weights, factors and sums of the outputs. */
  readonly QuantiseMatrix: {
    readonly inputs: { readonly packed: Tensor3D };
    readonly attributes: Readonly<Record<string, never>>;
    readonly output: [int8: Tensor3D, scales: Tensor1D, sums: Tensor1D];
  };
  /** activation(x · W + bias) with x in 7 bits, `[rows, in]` → `[rows, out]`. */
  readonly QuantisedProduct: {
    readonly inputs: {
      readonly x: Tensor2D;
      readonly int8: Tensor3D;
      readonly scales: Tensor1D;
      readonly sums: Tensor1D;
      readonly bias: Tensor1D | null;
    };
    readonly attributes: { readonly outputs: number; readonly activation: BuiltInActivation };
    readonly output: Tensor2D;
  };
}
