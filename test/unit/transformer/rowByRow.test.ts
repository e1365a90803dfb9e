// What works on each token by itself: the feed-forward network and norms know no other token.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { noProbe } from '../../../src/transformer/probe';
import type { Norm } from '../../../src/transformer/normalization';
import { maxAbs } from '../../support/reference';
import { describeModels } from './smallModels';
import { IDS, permuted, smallPass } from './smallPass';

const MODELS = [
  ...['aiayn', 'marian', 'bert', 'gpt2', 'llama', 't5', 'gptj'].map((name) => `reference/${name}`),
  'variants/bloom-3heads-untied',
];
const ORDER = [3, 0, 7, 1, 6, 2, 5, 4];

describeModels('row by row', MODELS, (model) => {
  /** The streams that enter the layers that read the text, `[position, d_model]`. */
  async function streams(): Promise<readonly Float32Array[]> {
    const prefix = model().architecture === 'encoderDecoder' ? 'encoder.' : '';
    const { values } = await smallPass(model(), {
      sees: (name) => name.startsWith(prefix) && name.endsWith('.resid_pre'),
    });
    return [...values.values()];
  }

  const blocks = () => (model().encoder ?? model().decoder)!.parts.blocks;

  /** What becomes of rows, as numbers. */
  function applied(
    rows: Float32Array,
    width: number,
    change: (x: tf.Tensor2D) => tf.Tensor2D,
  ): Float32Array {
    return tf.tidy(() =>
      change(tf.tensor2d(rows, [rows.length / width, width]))
        .dataSync<'float32'>()
        .slice(),
    );
  }

  it('the feed-forward network permutes with its tokens', async () => {
    const all = await streams();
    assert.equal(all.length, blocks().length);
    for (const [layer, { parts }] of blocks().entries()) {
      const rows = all[layer]!;
      const width = rows.length / IDS.length;
      const feedForward = (x: tf.Tensor2D): tf.Tensor2D =>
        parts.feedForward.apply(x, { batch: 1, length: IDS.length }, noProbe, 'mlp');
      const straight = applied(rows, width, feedForward);
      const turned = applied(permuted(rows, width, ORDER), width, feedForward);
      const wanted = permuted(straight, width, ORDER);
      assert.ok(maxAbs(turned, wanted) <= 1e-6, `layer ${layer}: ${maxAbs(turned, wanted)}`);
      assert.ok(maxAbs(straight, wanted) > 1e-3, 'the order matters');
    }
  });

  it('a norm’s rows are independent, to the last bit', async () => {
    const all = await streams();
    for (const [layer, { parts }] of blocks().entries()) {
      const rows = all[layer]!;
      const width = rows.length / IDS.length;
      const changed = Float32Array.from(rows, (one, i) => (i < width ? one : one * one));
      const norms = [parts.self.norm, parts.feedForwardNorm].filter((one): one is Norm => !!one);
      for (const norm of norms) {
        const [one, other] = [rows, changed].map((some) =>
          applied(some, width, (x) => norm.apply(x)),
        );
        assert.deepEqual(one!.subarray(0, width), other!.subarray(0, width));
        assert.ok(maxAbs(one!, other!) > 1e-3, 'the others did change');
      }
    }
  });
});
