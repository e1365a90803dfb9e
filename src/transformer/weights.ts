import * as tf from '@tensorflow/tfjs-core';
import { Linear } from './linear';
import { LayerNorm } from './normalization';

/** Named float32 tensors of a checkpoint, wherever they come from. */
export interface WeightSource {
  has(name: string): boolean;
  /** Row-major numbers. @throws Failure when missing or of another shape. */
  read(name: string, shape: readonly number[]): Promise<Float32Array>;
}

/** Names of one linear map: PyTorch keeps its weight as `[out, in]`. */
export interface LinearNames {
  readonly weight: string;
  readonly bias: string | null;
}

/** Turns a checkpoint into the tensors of a model, and owns them: one place frees them all, half-built models too. */
export class Weights {
  private readonly owned: tf.Tensor[] = [];

  constructor(readonly source: WeightSource) {}

  /** Tensors alive because of this model. */
  get count(): number {
    return this.owned.length;
  }

  /** The first of several names that is there; otherwise the first, whose absence will be reported. */
  pick(candidates: readonly string[]): string {
    return candidates.find((name) => this.source.has(name)) ?? candidates[0]!;
  }

  /** Takes over a tensor. */
  own<T extends tf.Tensor>(tensor: T): T {
    this.owned.push(tensor);
    return tensor;
  }

  async matrix(name: string, rows: number, columns: number): Promise<tf.Tensor2D> {
    const numbers = await this.source.read(name, [rows, columns]);
    return this.own(tf.tensor2d(numbers, [rows, columns]));
  }

  /** A vector, which the checkpoint may keep in another shape of as many numbers. */
  async vector(name: string, length: number, shape = [length]): Promise<tf.Tensor1D> {
    return this.own(tf.tensor1d(await this.source.read(name, shape)));
  }

  /** A linear map, its weight transposed once here so that no product needs a transpose flag. */
  async linear(names: LinearNames, inputs: number, outputs: number): Promise<Linear> {
    const numbers = await this.source.read(names.weight, [outputs, inputs]);
    const weight = tf.tidy(() => tf.transpose(tf.tensor2d(numbers, [outputs, inputs])));
    this.own(weight); // [in, out]
    return new Linear(weight, names.bias ? await this.vector(names.bias, outputs) : null);
  }

  /** LayerNorm named as PyTorch does: `weight` is the gain. */
  async layerNorm(prefix: string, dModel: number, epsilon: number): Promise<LayerNorm> {
    const gain = await this.vector(`${prefix}.weight`, dModel);
    return new LayerNorm(gain, await this.vector(`${prefix}.bias`, dModel), epsilon);
  }

  dispose(): void {
    tf.dispose(this.owned);
    this.owned.length = 0;
  }
}
