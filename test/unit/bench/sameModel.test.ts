// What the bench holds against each other must be the same model.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { LoadedModel } from '../../../src/engine/loadedModel';
import { NodeModelFolder } from '../../../src/engine/nodeModelFolder';
import { tokenBatch } from '../../../src/transformer/sequence';
import { writeCheckpoint } from '../../bench/randomCheckpoint';
import { idsOf, operationsOfForward, operationsOfStep, type Shape } from '../../bench/shapes';
import { StockModel } from '../../bench/stockModel';
import { GatherProbe } from '../../support/gatherProbe';
import { useWasm } from '../../support/wasm';

const TOKENS = 9;
/** float32, sums in another order. */
const TOLERANCE = 1e-5;

const small = (family: Shape['family']): Shape => ({
  name: `small-${family}`,
  title: family,
  family,
  layers: 2,
  width: 24,
  heads: 3,
  feedForward: 40,
  vocabulary: 50,
});

const largestDifference = (a: Float32Array, b: Float32Array): number => {
  assert.equal(a.length, b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
};

describe('the models of the bench', () => {
  let directory: string;
  before(async () => {
    await useWasm();
    directory = await mkdtemp(path.join(os.tmpdir(), 'headlight-bench-test-'));
  });
  after(() => rm(directory, { recursive: true, force: true }));

  for (const family of ['bert', 'gpt2'] as const)
    it(`${family}: ours and stock TensorFlow.js give the same attention and the same answer`, async () => {
      const shape = small(family);
      const folder = await writeCheckpoint(directory, shape);
      const ids = idsOf(shape, TOKENS);
      const model = await LoadedModel.load(new NodeModelFolder(folder), { aborted: false });
      const probe = new GatherProbe((name) => name.endsWith('.pattern'));
      const { states, logits } = await model.transformer.forward(
        tokenBatch([[...ids]]),
        null,
        probe,
      );
      const stock = await StockModel.load(folder, shape);
      const patterns: Float32Array[] = [];
      const answer = tf.tidy(() => stock.forward(ids, (pattern) => patterns.push(pattern)));

      const ours = [...probe.values.values()];
      assert.equal(ours.length, shape.layers);
      for (const [layer, pattern] of ours.entries())
        assert.ok(largestDifference(pattern, patterns[layer]!) < TOLERANCE);
      const found = (logits ?? states).dataSync<'float32'>();
      const expected = answer.dataSync<'float32'>();
      assert.ok(largestDifference(found.slice(-expected.length), expected) < TOLERANCE);
      // Weights of the random model must be such that attention is neither even nor one-hot.
      const largest = Math.max(...patterns[0]!.slice(-TOKENS));
      assert.ok(largest > 1.02 / TOKENS && largest < 0.9, `${largest}`);
      tf.dispose([states, answer]);
      logits?.dispose();
      stock.dispose();
      model.dispose();
    });
});

describe('the operations of a forward pass', () => {
  it('are those of a step behind every position, and one answer', () => {
    const shape = small('gpt2');
    const answer = 2 * shape.width * shape.vocabulary;
    const steps = Array.from({ length: TOKENS }, (_, i) => operationsOfStep(shape, i) - answer);
    const all = steps.reduce((sum, one) => sum + one, answer);
    assert.equal(operationsOfForward(shape, TOKENS), all);
  });
});
