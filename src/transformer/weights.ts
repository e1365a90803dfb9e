import * as tf from '@tensorflow/tfjs-core';
import type { NormConfig } from './config';
import type { LinearNames, PackedNames } from './families/weightNames';
import { Linear } from './linear';
import { PANEL, PackedMatrix } from './matrix/packedMatrix';
import { partColumns, type PackedWidths } from './matrix/partColumns';
import { packsMatrices, storedMatrix } from './matrix/storedMatrix';
import type { StoredLayout, WeightMatrix } from './matrix/weightMatrix';
import { runOwnKernel } from './operations/ownKernels';
import { LayerNorm, RmsNorm, type Norm } from './normalization';

/** Named float32 tensors of a checkpoint, wherever they come from. */
export interface WeightSource {
  readonly names: ReadonlySet<string>;
  /** Row-major numbers, for what is small. @throws Failure when missing or of another shape. */
  read(name: string, shape: readonly number[]): Promise<Float32Array>;
  /**
   * The same some rows (of the first dimension) at a time, so that nobody holds all of them twice.
   * @param multiple of how many rows come at once, but for the last ones
   */
  readRows(name: string, shape: readonly number[], multiple: number, take: TakeRows): Promise<void>;
}

/** Is given rows, the first of them `firstRow`. The numbers are its own until it returns. */
export type TakeRows = (numbers: Float32Array, firstRow: number) => void;

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

  /** A table `[rows, columns]`. */
  async table(name: string, rows: number, columns: number): Promise<tf.Tensor2D> {
    if (!packsMatrices()) return this.own(await this.whole(name, [rows, columns]));
    const shape = [rows, columns];
    const table = this.own(runOwnKernel('MakeTensor', {}, { shape }) as tf.Tensor2D);
    await this.eachRows(name, shape, 1, (some, firstRow) =>
      runOwnKernel('WriteRows', { rows: some, table }, { firstRow }),
    );
    return table;
  }

  /** A vector, which the checkpoint may keep in another shape of as many numbers. */
  async vector(name: string, length: number, shape = [length]): Promise<tf.Tensor1D> {
    return this.own(tf.tensor1d(await this.source.read(name, shape)));
  }

  /** A linear map, whatever the checkpoint's layout. */
  async linear(names: LinearNames, inputs: number, outputs: number): Promise<Linear> {
    const weight = await this.matrix(names, inputs, outputs);
    return new Linear(weight, names.bias ? await this.vector(names.bias, outputs) : null);
  }

  /** Its weight. */
  async matrix(
    { weight, layout = 'outIn' }: Omit<LinearNames, 'bias'>,
    inputs: number,
    outputs: number,
  ): Promise<WeightMatrix> {
    const shape = shapeIn(layout, inputs, outputs);
    if (!packsMatrices()) return this.ownMatrix(await this.whole(weight, shape), layout);
    const matrix = this.emptyMatrix(inputs, outputs);
    await this.eachRows(weight, shape, PANEL, (rows, firstRow) =>
      matrix.fill(rows, firstRow, layout),
    );
    return matrix;
  }

  /** Queries, keys and values kept as one linear map of three times the width. */
  async packed(
    { linear, order }: PackedNames,
    inputs: number,
    widths: PackedWidths,
  ): Promise<readonly [query: Linear, key: Linear, value: Linear]> {
    const width = widths.heads * widths.headWidth;
    const matrices = await this.parts(linear, order, inputs, widths);
    const bias = linear.bias ? await this.source.read(linear.bias, [3 * width]) : null;
    const linearOf = (part: number): Linear => {
      // Picked here: the WASM kernel wants a vector that was never a part of anything else.
      const own = bias && this.own(tf.tensor1d(partColumns(bias, order, part, widths)));
      return new Linear(matrices[part]!, own);
    };
    return [linearOf(0), linearOf(1), linearOf(2)];
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

  /** The weights of queries, keys and values, which lie in one matrix. */
  private async parts(
    { weight, layout = 'outIn' }: LinearNames,
    order: PackedNames['order'],
    inputs: number,
    widths: PackedWidths,
  ): Promise<WeightMatrix[]> {
    const width = widths.heads * widths.headWidth;
    const shape = shapeIn(layout, inputs, 3 * width);
    if (packsMatrices() && layout === 'inOut') {
      const matrices = PARTS.map(() => this.emptyMatrix(inputs, width));
      await this.source.readRows(weight, shape, 1, (numbers, firstRow) => {
        for (const part of PARTS) {
          const columns = partColumns(numbers, order, part, widths);
          tf.tidy(() => {
            const rows = tf.tensor2d(columns, [columns.length / width, width]);
            matrices[part]!.fill(rows, firstRow, layout);
          });
        }
      });
      return matrices;
    }
    const whole = await this.whole(weight, shape);
    try {
      return PARTS.map((part) =>
        this.ownMatrix(partOf(whole, layout, order, part, widths), layout),
      );
    } finally {
      whole.dispose();
    }
  }

  /** A packed matrix that is to be filled. */
  private emptyMatrix(inputs: number, outputs: number): PackedMatrix {
    const matrix = PackedMatrix.empty(inputs, outputs);
    this.own(matrix.packed);
    return matrix;
  }

  private ownMatrix(stored: tf.Tensor2D, layout: StoredLayout): WeightMatrix {
    const matrix = storedMatrix(stored, layout);
    for (const tensor of matrix.tensors) this.own(tensor);
    return matrix;
  }

  /** A matrix as the checkpoint has it; the caller owns it. */
  private async whole(name: string, shape: readonly [number, number]): Promise<tf.Tensor2D> {
    return tf.tensor2d(await this.source.read(name, shape), [...shape]);
  }

  /** The same, some rows at a time, which `take` may read until it returns. */
  private eachRows(
    name: string,
    shape: readonly number[],
    multiple: number,
    take: (rows: tf.Tensor2D, firstRow: number) => void,
  ): Promise<void> {
    const [, width = 1] = shape;
    return this.source.readRows(name, shape, multiple, (numbers, firstRow) => {
      const rows = tf.tensor2d(numbers, [numbers.length / width, width]);
      try {
        take(rows, firstRow);
      } finally {
        rows.dispose();
      }
    });
  }
}

/** Queries, keys, values. */
const PARTS = [0, 1, 2];

const shapeIn = (layout: StoredLayout, inputs: number, outputs: number): [number, number] =>
  layout === 'inOut' ? [inputs, outputs] : [outputs, inputs];

/** Of queries, keys and values in one matrix the outputs of a part, in the same layout. */
function partOf(
  whole: tf.Tensor2D,
  layout: StoredLayout,
  order: PackedNames['order'],
  part: number,
  { heads, headWidth }: PackedWidths,
): tf.Tensor2D {
  const width = heads * headWidth;
  const inputs = whole.size / (3 * width);
  const outputs = order === 'parts' ? [3, heads, headWidth] : [heads, 3, headWidth];
  const axis = order === 'parts' ? 0 : 1; // of the three
  const begin = outputs.map((_, i) => (i === axis ? part : 0));
  const size = outputs.with(axis, 1);
  return tf.tidy(() => {
    const split = tf.reshape(
      whole,
      layout === 'inOut' ? [inputs, ...outputs] : [...outputs, inputs],
    );
    const picked =
      layout === 'inOut'
        ? tf.slice(split, [0, ...begin], [inputs, ...size])
        : tf.slice(split, [...begin, 0], [...size, inputs]);
    return tf.reshape(picked, shapeIn(layout, inputs, width));
  });
}
