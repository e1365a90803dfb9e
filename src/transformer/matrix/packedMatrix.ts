import * as tf from '@tensorflow/tfjs-core';
import { activate } from '../activation';
import type { Activation } from '../config';
import { runOwnKernel } from '../operations/ownKernels';
import { isBuiltIn } from '../operations/rowKernels';
import type { StoredLayout, WeightMatrix } from './weightMatrix';

/** Outputs side by side: what fills two vectors of the kernels. */
export const PANEL = 8;

/**
 * Kept in panels of eight outputs, `[⌈out / 8⌉, in, 8]`, the last filled up with zeros: a kernel reads
 * the numbers of a panel in the order in which it multiplies them.
 */
export class PackedMatrix implements WeightMatrix {
  readonly inputs: number;
  readonly tensors: readonly tf.Tensor[];

  constructor(
    readonly packed: tf.Tensor3D,
    readonly outputs: number,
  ) {
    this.inputs = packed.shape[1];
    this.tensors = [packed];
  }

  /** A matrix that is to be filled; its numbers may be anything. */
  static empty(inputs: number, outputs: number): PackedMatrix {
    const shape = [Math.ceil(outputs / PANEL), inputs, PANEL];
    return new PackedMatrix(runOwnKernel('MakeTensor', {}, { shape }) as tf.Tensor3D, outputs);
  }

  /** Of a matrix as a checkpoint has it, which stays the caller's. */
  static of(stored: tf.Tensor2D, layout: StoredLayout): PackedMatrix {
    const [rows, columns] = stored.shape;
    const [inputs, outputs] = layout === 'inOut' ? [rows, columns] : [columns, rows];
    const matrix = PackedMatrix.empty(inputs, outputs);
    matrix.fill(stored, 0, layout);
    return matrix;
  }

  /** Writes rows of the stored matrix, the first of them `firstRow`: a multiple of 8, if `outIn`. */
  fill(rows: tf.Tensor2D, firstRow: number, layout: StoredLayout): void {
    const { packed } = this;
    runOwnKernel('PackRows', { rows, packed }, { firstRow, transposed: layout === 'outIn' });
  }

  times(x: tf.Tensor2D, bias: tf.Tensor1D | null, activation: Activation): tf.Tensor2D {
    const { packed, outputs } = this;
    if (isBuiltIn(activation))
      return runOwnKernel('PackedProduct', { x, packed, bias }, { outputs, activation });
    return activate(this.times(x, bias, 'linear'), activation);
  }

  plain(): tf.Tensor2D {
    const { packed, outputs } = this;
    return runOwnKernel('UnpackMatrix', { packed }, { outputs });
  }

  columns(ids: Int32Array): tf.Tensor2D {
    const { packed } = this;
    return runOwnKernel('PackedColumns', { packed, ids: tf.tensor1d(ids, 'int32') }, {});
  }

  rows(from: number, count: number): tf.Tensor2D {
    const part = tf.slice(this.packed, [0, from, 0], [-1, count, -1]);
    return new PackedMatrix(part, this.outputs).plain();
  }
}
