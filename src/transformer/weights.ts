import * as tf from '@tensorflow/tfjs-core';
import type { NormConfig } from './config';
import type { LinearNames, PackedNames } from './families/weightNames';
import { Linear } from './linear';
import { LayerNorm, RmsNorm, type Norm } from './normalization';

/** Named float32 tensors of a checkpoint, wherever they come from. */
export interface WeightSource {
  readonly names: ReadonlySet<string>;
  /** Row-major numbers. @throws Failure when missing or of another shape. */
  read(name: string, shape: readonly number[]): Promise<Float32Array>;
}

/** Widths of the three parts of a packed projection. */
export interface PackedWidths {
  readonly heads: number;
  readonly headWidth: number;
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
    return candidates.find((name) => this.source.names.has(name)) ?? candidates[0]!;
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

  /** A linear map, its weight `[in, out]` whatever the checkpoint's layout, so that no product needs a transpose flag. */
  async linear(names: LinearNames, inputs: number, outputs: number): Promise<Linear> {
    const weight = this.own(await this.inOut(names, inputs, outputs));
    return new Linear(weight, names.bias ? await this.vector(names.bias, outputs) : null);
  }

  /** Queries, keys and values kept as one linear map of three times the width. */
  async packed(
    { linear, order }: PackedNames,
    inputs: number,
    { heads, headWidth }: PackedWidths,
  ): Promise<readonly [query: Linear, key: Linear, value: Linear]> {
    const width = heads * headWidth;
    const weight = await this.inOut(linear, inputs, 3 * width); // [in, 3 · heads · d]
    const bias = linear.bias ? await this.source.read(linear.bias, [3 * width]) : null;
    const shape = order === 'parts' ? [3, heads] : [heads, 3]; // of what the columns count
    const partOf = (rows: tf.Tensor2D, part: number): tf.Tensor2D =>
      tf.tidy(() => {
        const [count] = rows.shape;
        const split = tf.reshape(rows, [count, shape[0]!, shape[1]!, headWidth]);
        const picked =
          order === 'parts'
            ? tf.slice(split, [0, part, 0, 0], [count, 1, heads, headWidth])
            : tf.slice(split, [0, 0, part, 0], [count, heads, 1, headWidth]);
        return tf.reshape(picked, [count, width]);
      });
    const linearOf = (part: number): Linear => {
      const own = this.own(partOf(weight, part));
      if (!bias) return new Linear(own, null);
      // Picked here: the WASM kernel wants a vector that was never a part of anything else.
      const numbers = Float32Array.from({ length: width }, (_, i) => {
        const [head, dimension] = [Math.floor(i / headWidth), i % headWidth];
        const column = order === 'parts' ? part * heads + head : head * 3 + part;
        return bias[column * headWidth + dimension]!;
      });
      return new Linear(own, this.own(tf.tensor1d(numbers)));
    };
    try {
      return [linearOf(0), linearOf(1), linearOf(2)];
    } finally {
      weight.dispose();
    }
  }

  /** A norm named as PyTorch does (`weight` is the gain) or as TensorFlow did (`gamma`, `beta`). */
  async norm(prefix: string, width: number, config: NormConfig): Promise<Norm> {
    const { kind, epsilon, gainOffset, learned } = config;
    if (!learned) return new LayerNorm(null, null, epsilon);
    const gainName = this.pick([`${prefix}.weight`, `${prefix}.gamma`]);
    if (kind === 'rms') {
      const stored = await this.source.read(gainName, [width]);
      const gain = gainOffset === 0 ? stored : stored.map((difference) => 1 + difference);
      return new RmsNorm(this.own(tf.tensor1d(gain)), epsilon);
    }
    const gain = await this.vector(gainName, width);
    const bias = await this.vector(this.pick([`${prefix}.bias`, `${prefix}.beta`]), width);
    return new LayerNorm(gain, bias, epsilon);
  }

  dispose(): void {
    tf.dispose(this.owned);
    this.owned.length = 0;
  }

  /** The weight of a linear map as `[in, out]`; the caller owns it. */
  private async inOut(names: LinearNames, inputs: number, outputs: number): Promise<tf.Tensor2D> {
    if (names.layout === 'inOut') {
      const numbers = await this.source.read(names.weight, [inputs, outputs]);
      return tf.tensor2d(numbers, [inputs, outputs]);
    }
    const numbers = await this.source.read(names.weight, [outputs, inputs]);
    return tf.tidy(() => tf.transpose(tf.tensor2d(numbers, [outputs, inputs])));
  }
}
