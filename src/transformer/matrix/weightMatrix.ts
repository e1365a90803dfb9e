import type * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../config';

/** A matrix W `[in, out]` of weights, kept as its backend multiplies best. */
export interface WeightMatrix {
  readonly inputs: number;
  readonly outputs: number;
  /** What it is kept in; the owner of the model frees them. */
  readonly tensors: readonly tf.Tensor[];
  /** activation(x · W + bias), `[rows, in]` → `[rows, out]`. Call inside `tf.tidy`, as all that follows. */
  times(x: tf.Tensor2D, bias: tf.Tensor1D | null, activation: Activation): tf.Tensor2D;
  /** W itself, `[in, out]`: for analysis only, it may be a copy. */
  plain(): tf.Tensor2D;
  /** Some columns, each as a row: `[ids, in]`. */
  columns(ids: Int32Array): tf.Tensor2D;
  /** Neighbouring rows, `[count, out]`. */
  rows(from: number, count: number): tf.Tensor2D;
}

/** How a checkpoint keeps a matrix: `[out, in]` as PyTorch does, or `[in, out]` (GPT-2). */
export type StoredLayout = 'outIn' | 'inOut';
