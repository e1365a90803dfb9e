import * as tf from '@tensorflow/tfjs-core';
import type { Norm } from '../../transformer/normalization';

/** Rows `[row, width]` side by side through a norm, each by itself. */
export const normedRows = (norm: Norm, rows: Float32Array, width: number): Float32Array =>
  tf.tidy(() => norm.apply(tf.tensor2d(rows, [rows.length / width, width])).dataSync<'float32'>());

/** One row through a norm, `[width]`. */
export const normedRow = (norm: Norm, row: Float32Array): Float32Array =>
  normedRows(norm, row, row.length);
