import * as tf from '@tensorflow/tfjs-core';
import { activate } from '../activation';
import type { Activation } from '../config';
import type { WeightMatrix } from './weightMatrix';

/** Kept `[in, out]`, so that tfjs multiplies plain 2-D matrices, untransposed: fast on WASM. */
export class PlainMatrix implements WeightMatrix {
  readonly tensors: readonly tf.Tensor[];

  constructor(
    private readonly weight: tf.Tensor2D, // [in, out]
  ) {
    this.tensors = [weight];
  }

  get inputs(): number {
    return this.weight.shape[0];
  }

  get outputs(): number {
    return this.weight.shape[1];
  }

  times(x: tf.Tensor2D, bias: tf.Tensor1D | null, activation: Activation): tf.Tensor2D {
    const b = this.weight;
    const product = bias ? tf.fused.matMul({ a: x, b, bias }) : tf.matMul(x, b);
    return activate(product as tf.Tensor2D, activation);
  }

  plain(): tf.Tensor2D {
    return tf.clone(this.weight);
  }

  columns(ids: Int32Array): tf.Tensor2D {
    return tf.transpose(tf.gather(this.weight, tf.tensor1d(ids, 'int32'), 1));
  }

  rows(from: number, count: number): tf.Tensor2D {
    return tf.slice(this.weight, [from, 0], [count, -1]);
  }
}
