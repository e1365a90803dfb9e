/** Parts of weights as numbers: no more is copied out of the backend than is read. */
import * as tf from '@tensorflow/tfjs-core';
import type { Linear } from '../../transformer/linear';

/** Some neighbouring columns of x W + b. */
export interface Columns {
  /** `[in, count]` */
  readonly weight: Float32Array;
  /** `[count]`; null: there is none. */
  readonly bias: Float32Array | null;
  readonly count: number;
}

export const columnsOf = ({ weight, bias }: Linear, from: number, count: number): Columns => ({
  weight: tf.tidy(() => tf.slice(weight, [0, from], [-1, count]).dataSync<'float32'>()),
  bias: bias && tf.tidy(() => tf.slice(bias, [from], [count]).dataSync<'float32'>()),
  count,
});

/** Rows `[from, from + count)` of a matrix, `[count, out]`. */
export const rowsOf = (weight: tf.Tensor2D, from: number, count: number): Float32Array =>
  tf.tidy(() => tf.slice(weight, [from, 0], [count, -1]).dataSync<'float32'>());
