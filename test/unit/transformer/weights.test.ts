import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { NormConfig } from '../../../src/transformer/config';
import { conv1D, linear } from '../../../src/transformer/families/weightNames';
import type { Linear } from '../../../src/transformer/linear';
import { Weights, type WeightSource } from '../../../src/transformer/weights';
import { useWasm } from '../../support/wasm';

/** Tensors by name; a wrong shape fails the test. */
function sourceOf(tensors: Readonly<Record<string, readonly [number[], number[]]>>): WeightSource {
  return {
    names: new Set(Object.keys(tensors)),
    read(name, shape) {
      const [stored, numbers] = tensors[name]!;
      assert.deepEqual(shape, stored, name);
      return Promise.resolve(Float32Array.from(numbers));
    },
  };
}

const count = (length: number, from = 0): number[] => Array.from({ length }, (_, i) => from + i);
const numbersOf = (tensor: tf.Tensor): number[] => [...tensor.dataSync()];

describe('weights as the model keeps them', () => {
  before(useWasm);
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
    assert.deepEqual(a.weight.shape, [3, 2]);
    assert.deepEqual(numbersOf(a.weight), numbersOf(b.weight));
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
            assert.deepEqual(own.weight.shape, [IN, WIDTH]);
            const [weight, bias] = [numbersOf(own.weight), numbersOf(own.bias!)];
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
