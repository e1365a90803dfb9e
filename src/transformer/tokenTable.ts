import type * as tf from '@tensorflow/tfjs-core';
import type { WeightMatrix } from './matrix/weightMatrix';
import { tableRows } from './tableRows';

/** Vectors of tokens, `[vocabulary, width]`. */
export interface TokenTable {
  readonly vocabulary: number;
  readonly width: number;
  /** Vectors of some tokens, `[ids, width]`. Call inside `tf.tidy`. */
  rows(ids: Int32Array): tf.Tensor2D;
}

/** A table that nothing else is made of. */
export class OwnTable implements TokenTable {
  constructor(private readonly table: tf.Tensor2D) {}

  get vocabulary(): number {
    return this.table.shape[0];
  }

  get width(): number {
    return this.table.shape[1];
  }

  rows(ids: Int32Array): tf.Tensor2D {
    return tableRows(this.table, ids);
  }
}

/** A table that is the output matrix `[width, vocabulary]`, too (Press & Wolf 2017): both are kept once. */
export class TiedTable implements TokenTable {
  constructor(readonly matrix: WeightMatrix) {}

  get vocabulary(): number {
    return this.matrix.outputs;
  }

  get width(): number {
    return this.matrix.inputs;
  }

  rows(ids: Int32Array): tf.Tensor2D {
    return this.matrix.columns(ids);
  }
}
