import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { CachedSteps } from '../../../src/transformer/cachedSteps';
import { noProbe } from '../../../src/transformer/probe';
import { unwatched } from '../../../src/transformer/runControl';
import { tokenBatch } from '../../../src/transformer/sequence';
import { GatherProbe } from '../../support/gatherProbe';
import { describeKernels } from '../../support/kernels';
import { loadReference, maxAbs, type ReferenceModel } from '../../support/reference';

const SOURCE = [
  [5, 17, 33, 60, 9, 41],
  [8, 2, 70, 97, 97, 97],
];
const MASK = [
  [1, 1, 1, 1, 1, 1],
  [1, 1, 1, 0, 0, 0],
];
const TARGET = [
  [97, 7, 93, 32],
  [97, 12, 44, 3],
];

describeKernels('decoding with a cache', () => {
  let reference: ReferenceModel;
  before(async () => {
    reference = await loadReference('test/fixtures/reference/marian');
  });
  after(async () => {
    reference.model.dispose();
    await reference.tensors.close();
  });

  it('gives at every step the logits and patterns of a full pass over the prefix', async () => {
    const { model } = reference;
    const tokens = tokenBatch(SOURCE, { mask: MASK });
    const whole = new GatherProbe((name) => name.endsWith('.pattern') || name === 'logits');
    const pass = await model.forward(tokens, tokenBatch(TARGET), whole);
    tf.dispose([pass.states, pass.logits!]);
    const full = whole.values.get('logits')!; // [2, 4, 98]

    const before = tf.memory().numTensors;
    const states = await model.encode(tokens, noProbe, unwatched);
    const probe = new GatherProbe((name) => name.endsWith('.pattern'));
    const steps = new CachedSteps(model, model.startDecoding({ states, tokens }), probe);
    for (let position = 0; position < 4; position++) {
      const logits = await steps.step(Int32Array.from(TARGET, (row) => row[position]!));
      for (const row of [0, 1]) {
        const expected = full.subarray((row * 4 + position) * 98, (row * 4 + position + 1) * 98);
        assert.ok(maxAbs(logits.subarray(row * 98, (row + 1) * 98), expected) < 1e-5);
      }
      const name = 'decoder.blocks.2.attn.pattern';
      assert.deepEqual(probe.shapes.get(name), [2, 4, 1, position + 1]);
      const pattern = whole.values.get(name)!; // [2, 4, 4, 4]
      for (let row = 0; row < 8; row++) {
        const expected = pattern.subarray((row * 4 + position) * 4).subarray(0, position + 1);
        const step = probe.values
          .get(name)!
          .subarray(row * (position + 1), (row + 1) * (position + 1));
        assert.ok(maxAbs(step, expected) < 1e-5);
      }
    }
    steps.dispose();
    states.dispose();
    assert.equal(tf.memory().numTensors, before);
  });

  it('goes on from reordered sequences as if they had been written that way', async () => {
    const { model } = reference;
    const tokens = tokenBatch(SOURCE, { mask: MASK });
    const states = await model.encode(tokens, noProbe, unwatched);
    const steps = new CachedSteps(model, model.startDecoding({ states, tokens }));
    await steps.step(Int32Array.of(97, 97));
    steps.reorder(Int32Array.of(1, 0, 1));
    const swapped = await steps.step(Int32Array.of(12, 7, 12));
    steps.dispose();
    const straight = new CachedSteps(model, model.startDecoding({ states, tokens }));
    await straight.step(Int32Array.of(97, 97));
    const expected = await straight.step(Int32Array.of(7, 12));
    straight.dispose();
    states.dispose();
    assert.ok(maxAbs(swapped.subarray(0, 98), expected.subarray(98)) < 1e-6);
    assert.ok(maxAbs(swapped.subarray(98, 196), expected.subarray(0, 98)) < 1e-6);
    assert.deepEqual(swapped.subarray(196), swapped.subarray(0, 98));
  });

  it('goes on from its first tokens as if no others had been written', async () => {
    const { model } = reference;
    const tokens = tokenBatch(SOURCE, { mask: MASK });
    const states = await model.encode(tokens, noProbe, unwatched);
    const before = tf.memory().numTensors;
    const decoding = model.startDecoding({ states, tokens });
    const steps = new CachedSteps(model, decoding);
    const expected = [];
    for (let position = 0; position < 4; position++)
      expected.push(await steps.step(Int32Array.from(TARGET, (row) => row[position]!)));
    for (const kept of [3, 1, 0]) {
      await steps.step(Int32Array.of(88, 11));
      decoding.truncate(kept);
      assert.equal(decoding.length, kept);
      assert.deepEqual(decoding.realTokens(), [kept, kept]);
      for (let position = kept; position < 4; position++) {
        const logits = await steps.step(Int32Array.from(TARGET, (row) => row[position]!));
        assert.ok(maxAbs(logits, expected[position]!) === 0, `${kept} kept, token ${position}`);
      }
    }
    steps.dispose();
    assert.equal(tf.memory().numTensors, before);
    states.dispose();
  });
});
