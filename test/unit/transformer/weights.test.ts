import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { NormConfig } from '../../../src/transformer/config';
import { conv1D, linear } from '../../../src/transformer/families/weightNames';
import type { Linear } from '../../../src/transformer/linear';
import { Weights, type WeightSource } from '../../../src/transformer/weights';
import { describeKernels } from '../../support/kernels';

/** Tensors by name; a wrong shape fails the test. Rows come as few at a time as may be. */
function sourceOf(tensors: Readonly<Record<string, readonly [number[], number[]]>>): WeightSource {
  const numbersOf = (name: string, shape: readonly number[]): Float32Array => {
    const [stored, numbers] = tensors[name]!;
    assert.deepEqual(shape, stored, name);
    return Float32Array.from(numbers);
  };
  return {
    names: new Set(Object.keys(tensors)),
    read: (name, shape) => Promise.resolve(numbersOf(name, shape)),
    readRows(name, shape, multiple, take) {
      const numbers = numbersOf(name, shape);
      const [rows = 1] = shape;
      const width = numbers.length / rows;
      for (let row = 0; row < rows; row += multiple)
        take(numbers.slice(row * width, (row + multiple) * width), row);
      return Promise.resolve();
    },
  };
}

const count = (length: number, from = 0): number[] => Array.from({ length }, (_, i) => from + i);
const numbersOf = (tensor: tf.Tensor): number[] => [...tensor.dataSync()];
const matrixOf = ({ weight }: Linear): number[] => tf.tidy(() => numbersOf(weight.plain()));

describeKernels('weights as the model keeps them', () => {
  afterEach(() => assert.equal(tf.memory().numTensors, 0, 'the owner frees all'));

  it('linear maps are [in, out], whatever the checkpoint has', async () => {
    const weights = new Weights(
      sourceOf({
        'a.weight': [
          [2, 3],
          [1, 2, 3, 4, 5, 6],
        ],
        'a.bias': [[2], [7, 8]],
        'b.weight': [
          [3, 2],
          [1, 4, 2, 5, 3, 6],
        ],
      }),
    );
    const a = await weights.linear(linear('a'), 3, 2);
    const b = await weights.linear(conv1D('b', false), 3, 2);
    assert.deepEqual([a.weight.inputs, a.weight.outputs], [3, 2]);
    assert.deepEqual(matrixOf(a), [1, 4, 2, 5, 3, 6]);
    assert.deepEqual(matrixOf(b), [1, 4, 2, 5, 3, 6]);
    assert.deepEqual([numbersOf(a.bias!), b.bias], [[7, 8], null]);
    weights.dispose();
  });

  describe('packed queries, keys and values', () => {
    const HEADS = 2;
    const D = 2;
    const IN = 3;
    const WIDTH = HEADS * D;

    /** Column of the packed map in which a part's number of a head stands. */
    const COLUMN = {
      parts: (part: number, head: number, d: number) => (part * HEADS + head) * D + d,
      heads: (part: number, head: number, d: number) => (head * 3 + part) * D + d,
    } as const;

    for (const order of ['parts', 'heads'] as const) {
      for (const layout of ['outIn', 'inOut'] as const) {
        it(`by ${order}, kept ${layout}`, async () => {
          const shape = layout === 'outIn' ? [3 * WIDTH, IN] : [IN, 3 * WIDTH];
          const stored = count(3 * WIDTH * IN);
          const source = sourceOf({
            'x.weight': [shape, stored],
            'x.bias': [[3 * WIDTH], count(3 * WIDTH, 100)],
          });
          const weights = new Weights(source);
          const names = { linear: layout === 'outIn' ? linear('x') : conv1D('x'), order };
          const parts = await weights.packed(names, IN, { heads: HEADS, headWidth: D });
          for (const [part, own] of (parts as readonly Linear[]).entries()) {
            assert.deepEqual([own.weight.inputs, own.weight.outputs], [IN, WIDTH]);
            const [weight, bias] = [matrixOf(own), numbersOf(own.bias!)];
            for (let head = 0; head < HEADS; head++)
              for (let d = 0; d < D; d++) {
                const column = COLUMN[order](part, head, d);
                assert.equal(bias[head * D + d], 100 + column);
                for (let row = 0; row < IN; row++) {
                  const at = layout === 'outIn' ? column * IN + row : row * 3 * WIDTH + column;
                  assert.equal(weight[row * WIDTH + head * D + d], stored[at]);
                }
              }
          }
          assert.equal(weights.count, 6);
          weights.dispose();
        });
      }
    }
  });

  it('rows come bit by bit, and none of them twice', async () => {
    const [inputs, outputs] = [5, 19];
    const stored = count(inputs * outputs);
    const weights = new Weights(
      sourceOf({
        'a.weight': [[outputs, inputs], stored],
        'b.weight': [[inputs, outputs], stored],
        table: [[outputs, inputs], stored],
      }),
    );
    const a = await weights.linear(linear('a', false), inputs, outputs);
    const b = await weights.linear(conv1D('b', false), inputs, outputs);
    const table = await weights.table('table', outputs, inputs);
    const transposed = count(inputs * outputs).map(
      (i) => stored[(i % outputs) * inputs + Math.floor(i / outputs)]!,
    );
    assert.deepEqual(matrixOf(a), transposed);
    assert.deepEqual(matrixOf(b), stored);
    assert.deepEqual(numbersOf(table), stored);
    assert.equal(weights.count, 3);
    weights.dispose();
  });

  it('what was made of a checkpoint that breaks off is freed', async () => {
    const source = sourceOf({ 'a.weight': [[16, 4], count(64)] });
    const broken: WeightSource = {
      ...source,
      async read(): Promise<Float32Array> {
        throw new Error('unreadable');
      },
      async readRows(name, shape, multiple, take): Promise<void> {
        await source.readRows(name, shape, multiple, (rows, firstRow) => {
          if (firstRow > 0) throw new Error('unreadable');
          take(rows, firstRow);
        });
      },
    };
    const weights = new Weights(broken);
    await assert.rejects(weights.linear(linear('a', false), 4, 16), /unreadable/);
    weights.dispose();
  });

  it('norms: both names of the gain, Gemma’s differences from 1, none at all', async () => {
    const config = (kind: NormConfig['kind'], rest: Partial<NormConfig> = {}): NormConfig => ({
      ...{ kind, epsilon: 1e-5, gainOffset: 0, learned: true },
      ...rest,
    });
    const weights = new Weights(
      sourceOf({
        'old.gamma': [[2], [2, 3]],
        'old.beta': [[2], [5, 7]],
        'root.weight': [[2], [1, 2]],
      }),
    );
    const x = tf.tensor2d([3, -3], [1, 2]);
    const apply = async (name: string, norm: NormConfig): Promise<number[]> => {
      const layer = await weights.norm(name, 2, norm);
      return tf.tidy(() => numbersOf(layer.apply(x)));
    };
    const close = (actual: number[], wanted: number[]): void =>
      actual.forEach((number, i) =>
        assert.ok(Math.abs(number - wanted[i]!) < 1e-4, String(actual)),
      );
    close(await apply('old', config('layer')), [2 + 5, -3 + 7]);
    close(await apply('root', config('rms')), [1, -2]);
    close(await apply('root', config('rms', { gainOffset: 1 })), [2, -3]);
    close(await apply('none', config('layer', { learned: false })), [1, -1]);
    x.dispose();
    weights.dispose();
  });
});
