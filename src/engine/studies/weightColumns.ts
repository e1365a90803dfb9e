/** Parts of weights as numbers: no more is copied out of the backend than is read. */
import * as tf from '@tensorflow/tfjs-core';
import type { Linear } from '../../transformer/linear';
import type { WeightMatrix } from '../../transformer/matrix/weightMatrix';

/** Some neighbouring columns of x W + b. */
export interface Columns {
  /** `[in, count]` */
  readonly weight: Float32Array;
  /** `[count]`; null: there is none. */
  readonly bias: Float32Array | null;
  readonly count: number;
}

export const columnsOf = ({ weight, bias }: Linear, from: number, count: number): Columns => ({
  weight: tf.tidy(() => {
    const columns = weight.columns(Int32Array.from({ length: count }, (_, i) => from + i));
    return tf.transpose(columns).dataSync<'float32'>();
  }),
  bias: bias && tf.tidy(() => tf.slice(bias, [from], [count]).dataSync<'float32'>()),
  count,
});

/** Rows `[from, from + count)` of a matrix, `[count, out]`. */
export const rowsOf = (weight: WeightMatrix, from: number, count: number): Float32Array =>
  tf.tidy(() => weight.rows(from, count).dataSync<'float32'>());

/** A column of a matrix, `[in]`. */
export const columnOf = (weight: WeightMatrix, column: number): Float32Array =>
  tf.tidy(() => weight.columns(Int32Array.of(column)).dataSync<'float32'>());
