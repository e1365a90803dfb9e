import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { valueNorms, type Links, type ValueSource } from '../../../src/analysis/valueNorms';
import { PlainMatrix } from '../../../src/transformer/matrix/plainMatrix';
import { useWasm } from '../../support/wasm';

const HEADS = 4;
const KEY_VALUE_HEADS = 2;
const D_V = 2;
const D_MODEL = 3;
const KEYS = 3;
/** Numbers without a pattern, the same every time. */
const numbers = (count: number, seed: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => Math.sin(12.9898 * (i + 1) + seed));

describe('how much links move', () => {
  const values = numbers(KEYS * KEY_VALUE_HEADS * D_V, 1); // [key, key-value head · d_v]
  const output = numbers(HEADS * D_V * D_MODEL, 2); // [head · d_v, d_model]
  const weights = numbers(KEYS * HEADS, 3).map(Math.abs); // [part, head]
  let source: ValueSource;
  before(async () => {
    await useWasm();
    source = {
      values,
      output: new PlainMatrix(tf.tensor2d(output, [HEADS * D_V, D_MODEL])),
      heads: HEADS,
      keyValueHeads: KEY_VALUE_HEADS,
    };
  });
  after(() => tf.dispose([...source.output.tensors]));

  /** α·v·W_O of one part and head, `[d_model]`, by the definition. */
  const vector = (part: number, head: number): number[] =>
    Array.from({ length: D_MODEL }, (_, column) => {
      let sum = 0;
      for (let d = 0; d < D_V; d++) {
        const shared = Math.floor(head / 2); // two heads share keys and values
        const value = values[(part * KEY_VALUE_HEADS + shared) * D_V + d]!;
        sum += value * output[(head * D_V + d) * D_MODEL + column]!;
      }
      return weights[part * HEADS + head]! * sum;
    });
  const added = (vectors: readonly number[][]): number[] =>
    vectors.reduce((sum, one) => sum.map((number, i) => number + one[i]!));
  const close = (actual: Float32Array, wanted: readonly number[]): void => {
    assert.equal(actual.length, wanted.length);
    for (const [i, norm] of actual.entries())
      assert.ok(Math.abs(norm - wanted[i]!) < 1e-6, `${norm} ≠ ${wanted[i]}`);
  };
  const all = [0, 1, 2, 3];
  const keys = [0, 1, 2];
  const single: Links = { count: KEYS, weights, keys, links: keys };

  it('of a head that shares its values with another', () => {
    for (const head of all) {
      close(
        valueNorms(source, single, head),
        keys.map((key) => Math.hypot(...vector(key, head))),
      );
    }
  });

  it('of all heads: the norm of the sum, and the largest', () => {
    close(
      valueNorms(source, single, 'mean'),
      keys.map((key) => Math.hypot(...added(all.map((head) => vector(key, head))))),
    );
    close(
      valueNorms(source, single, 'max'),
      keys.map((key) => Math.max(...all.map((head) => Math.hypot(...vector(key, head))))),
    );
  });

  it('of a word: vectors are added, then the norm is taken', () => {
    const links: Links = { count: 2, weights, keys, links: [0, 1, 1] };
    const ofHead = (head: number): number[][] => [
      vector(0, head),
      added([vector(1, head), vector(2, head)]),
    ];
    close(
      valueNorms(source, links, 3),
      ofHead(3).map((sum) => Math.hypot(...sum)),
    );
    close(
      valueNorms(source, links, 'mean'),
      [0, 1].map((link) => Math.hypot(...added(all.map((head) => ofHead(head)[link]!)))),
    );
    close(
      valueNorms(source, links, 'max'),
      [0, 1].map((link) => Math.max(...all.map((head) => Math.hypot(...ofHead(head)[link]!)))),
    );
  });

  it('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    valueNorms(source, single, 'max');
    assert.equal(tf.memory().numTensors, before);
  });
});
