import type * as tf from '@tensorflow/tfjs-core';
import { activate } from '../activation';
import type { Activation } from '../config';
import { runOwnKernel } from '../operations/ownKernels';
import { isBuiltIn } from '../operations/rowKernels';
import type { PackedMatrix } from './packedMatrix';
import type { WeightMatrix } from './weightMatrix';

/**
 * Multiplies approximately: each output's weights as integers of 8 bits times a factor, and what comes
 * in as integers of 7 bits, row by row, between the row's own least and largest number. In all else
 * it is the matrix it was made of, of which it owns nothing.
 */
export class QuantisedMatrix implements WeightMatrix {
  readonly tensors: readonly tf.Tensor[];

  private constructor(
    private readonly exact: WeightMatrix,
    private readonly int8: tf.Tensor3D, // [⌈out / 8⌉, ⌈in / 4⌉, 8] of int32, each of four inputs
    private readonly scales: tf.Tensor1D, // [8 · ⌈out / 8⌉]
    private readonly sums: tf.Tensor1D, // [8 · ⌈out / 8⌉] of int32
  ) {
    this.tensors = [int8, scales, sums];
  }

  static of(exact: PackedMatrix): QuantisedMatrix {
    const { packed } = exact;
    return new QuantisedMatrix(exact, ...runOwnKernel('QuantiseMatrix', { packed }, {}));
  }

  get inputs(): number {
    return this.exact.inputs;
  }

  get outputs(): number {
    return this.exact.outputs;
  }

  times(x: tf.Tensor2D, bias: tf.Tensor1D | null, activation: Activation): tf.Tensor2D {
    const { int8, scales, sums, outputs } = this;
    if (!isBuiltIn(activation)) return activate(this.times(x, bias, 'linear'), activation);
    const inputs = { x, int8, scales, sums, bias };
    return runOwnKernel('QuantisedProduct', inputs, { outputs, activation });
  }

  plain(): tf.Tensor2D {
    return this.exact.plain();
  }

  columns(ids: Int32Array): tf.Tensor2D {
    return this.exact.columns(ids);
  }

  rows(from: number, count: number): tf.Tensor2D {
    return this.exact.rows(from, count);
  }
}
