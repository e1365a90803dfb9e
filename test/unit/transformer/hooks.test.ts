import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { Failure } from '../../../src/failure/failure';
import { hookNames } from '../../../src/transformer/hookNames';
import { noProbe, type Probe } from '../../../src/transformer/probe';
import { unwatched } from '../../../src/transformer/runControl';
import { tokenBatch } from '../../../src/transformer/sequence';
import { GatherProbe } from '../../support/gatherProbe';
import { loadReference, maxAbs, type ReferenceModel } from '../../support/reference';
import { describeKernels } from '../../support/kernels';

const SOURCE = tokenBatch([[5, 17, 33, 60, 9, 41]]);
const TARGET = tokenBatch([[97, 7, 93, 32]]);

describeKernels('hook points', () => {
  let reference: ReferenceModel;
  let plain: Float32Array;
  before(async () => {
    reference = await loadReference('test/fixtures/reference/marian');
    plain = await logits(noProbe);
  });
  after(async () => {
    reference.model.dispose();
    await reference.tensors.close();
  });

  async function logits(probe: Probe): Promise<Float32Array> {
    const result = await reference.model.forward(SOURCE, TARGET, probe);
    const numbers = result.logits!.dataSync<'float32'>().slice();
    tf.dispose([result.states, result.logits!]);
    return numbers;
  }

  it('visits every name there is, in its documented shape', async () => {
    const { config } = reference.model;
    const probe = new GatherProbe(() => true);
    await logits(probe);
    const names = hookNames(config);
    assert.deepEqual([...probe.values.keys()].toSorted(), names.toSorted());
    const shape = (name: string): readonly number[] => probe.shapes.get(name)!;
    assert.deepEqual(shape('encoder.blocks.0.attn.pattern'), [1, 4, 6, 6]);
    assert.deepEqual(shape('decoder.blocks.2.cross_attn.scores'), [1, 4, 4, 6]);
    assert.deepEqual(shape('decoder.blocks.0.attn.hook_q'), [1, 4, 4, 12]);
    assert.deepEqual(shape('encoder.blocks.1.attn.result'), [1, 6, 4, 48]);
    assert.deepEqual(shape('encoder.blocks.1.mlp.pre'), [1, 6, 96]);
    assert.deepEqual(shape('logits'), [1, 4, 98]);
  });

  it('leaves the run byte for byte the same when a probe only looks', async () => {
    assert.deepEqual(await logits(new GatherProbe(() => true)), plain);
  });

  it('gives rows that sum to 1, and a decoder that cannot see the future', async () => {
    const probe = new GatherProbe((name) => name.endsWith('.pattern'));
    await logits(probe);
    for (const [name, values] of probe.values) {
      const [, , queries, keys] = probe.shapes.get(name)! as [number, number, number, number];
      for (let row = 0; row < values.length / keys; row++) {
        const weights = values.subarray(row * keys, (row + 1) * keys);
        assert.ok(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-5, name);
        if (/decoder.*\.attn\./.test(name)) {
          const future = weights.subarray((row % queries) + 1);
          assert.ok(
            future.every((weight) => weight === 0),
            `${name} looks ahead`,
          );
        }
      }
    }
  });

  it('sums the heads’ results to what the sub-layer adds', async () => {
    const point = 'encoder.blocks.0.attn.result';
    // Handing the same numbers back makes the model go by way of the single heads.
    const changed = new GatherProbe(
      (name) => name === point,
      (_, value) => tf.clone(value),
    );
    const difference = maxAbs(await logits(changed), plain);
    assert.ok(difference > 0 && difference < 1e-4, `differs by ${difference}`);
  });

  it('lets a probe change a value: a muted head changes the output, by its own amount only', async () => {
    const point = 'decoder.blocks.1.cross_attn.z';
    const mute = new GatherProbe(
      (name) => name === point,
      (_, z) => tf.zerosLike(z),
    );
    assert.ok(maxAbs(await logits(mute), plain) > 1e-3);
    assert.equal(maxAbs(await logits(noProbe), plain), 0, 'and nothing stays changed');
  });

  it('hands a replaced pattern on to the values', async () => {
    const even = new GatherProbe(
      (name) => /encoder\.blocks\.0\.attn\.(pattern|z|hook_v)$/.test(name),
      (name, value) => (name.endsWith('pattern') ? tf.fill(value.shape, 1 / 6) : undefined),
    );
    await logits(even);
    const values = even.values.get('encoder.blocks.0.attn.hook_v')!; // [1, 6, 4, 12]
    const z = even.values.get('encoder.blocks.0.attn.z')!;
    let mean = 0;
    for (let position = 0; position < 6; position++) mean += values[position * 48]! / 6;
    assert.ok(Math.abs(z[0]! - mean) < 1e-6);
  });

  it('stops between two layers when cancelled and leaves no tensor', async () => {
    const before = tf.memory().numTensors;
    const signal = { aborted: false };
    const layers: number[] = [];
    const control = {
      signal,
      afterLayer: (_: string, layer: number) => {
        layers.push(layer);
        signal.aborted = layer === 1;
        return Promise.resolve();
      },
    };
    const run = reference.model.encode(SOURCE, noProbe, control);
    await assert.rejects(run, (error: Failure) => error.code === 'run.cancelled');
    assert.deepEqual(layers, [0, 1]);
    assert.equal(tf.memory().numTensors, before);
  });

  it('refuses ids outside the vocabulary and texts beyond the positions', async () => {
    const encode = (ids: number[]): Promise<unknown> =>
      reference.model.encode(tokenBatch([ids]), noProbe, unwatched);
    await assert.rejects(encode([98]), (error: Failure) => error.code === 'model.noTokenId');
    const long = Array<number>(41).fill(1);
    await assert.rejects(encode(long), (error: Failure) => error.code === 'text.tooManyTokens');
  });
});
