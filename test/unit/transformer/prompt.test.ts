// What a model writes begins with a prompt: only what follows its last tokens is asked of the head.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { CachedSteps } from '../../../src/transformer/cachedSteps';
import { noProbe, type Probe } from '../../../src/transformer/probe';
import { unwatched } from '../../../src/transformer/runControl';
import { tokenBatch } from '../../../src/transformer/sequence';
import type { Transformer } from '../../../src/transformer/transformer';
import { GatherProbe } from '../../support/gatherProbe';
import { maxAbs } from '../../support/reference';
import { describeModels } from './smallModels';
import { IDS } from './smallPass';

/** Two prompts, one behind padding. */
const PROMPTS = [IDS, IDS.toReversed()];
const PADDING = 3;
const MASK = [IDS.map(() => 1), IDS.map((_, i) => (i < PADDING ? 0 : 1))];

/** Logits `[prompt, vocabulary]` of what follows the prompts. */
async function begun(model: Transformer, probe: Probe, rows = PROMPTS): Promise<Float32Array> {
  const source = tokenBatch(rows);
  const states = model.encoder ? await model.encode(source, noProbe, unwatched) : null;
  const decoding = model.startDecoding(states && { states, tokens: source });
  const steps = new CachedSteps(model, decoding, probe);
  try {
    return await steps.begin({ rows, mask: MASK.slice(0, rows.length) });
  } finally {
    steps.dispose();
    tf.dispose(states!);
  }
}

/** Of `[prompt, position, vocabulary]` the last position. */
function lastOf(logits: Float32Array, [prompts = 0, length = 0, width = 0]: readonly number[]) {
  const last = new Float32Array(prompts * width);
  for (let prompt = 0; prompt < prompts; prompt++) {
    const end = (prompt + 1) * length * width;
    last.set(logits.subarray(end - width, end), prompt * width);
  }
  return last;
}

const isLogits = (name: string): boolean => name === 'logits';

for (const kernels of ['own', 'stock'] as const)
  describeModels(
    'what follows a prompt',
    ['reference/gpt2', 'reference/gptj', 'reference/marian', 'variants/opt-postnorm-proj'],
    (model) => {
      /** Our kernels compute each position by itself; stock ones may sum in another order. */
      const isSame = (actual: Float32Array, wanted: Float32Array): void => {
        if (kernels === 'own') assert.deepEqual(actual, wanted);
        else assert.ok(maxAbs(actual, wanted) < 1e-5);
      };

      it('is what a probe sees of all positions, at the last ones', async () => {
        for (const rows of [PROMPTS, PROMPTS.slice(0, 1)]) {
          const probe = new GatherProbe(isLogits);
          const seen = await begun(model(), probe, rows);
          const shape = probe.shapes.get('logits')!;
          assert.deepEqual(shape.slice(0, 2), [rows.length, IDS.length]);
          assert.deepEqual(seen, lastOf(probe.values.get('logits')!, shape));
          isSame(await begun(model(), noProbe, rows), seen);
        }
      });

      it('is what a probe makes of it', async () => {
        const twice = new GatherProbe(isLogits, (_, value) => tf.mul(value, 2));
        const wanted = (await begun(model(), noProbe)).map((one) => 2 * one);
        isSame(await begun(model(), twice), wanted);
      });

      it('asks the head for no other position', async () => {
        const { head } = model();
        const { output } = head!.parts;
        const { weight } = output!;
        const asked: number[] = [];
        const times = weight.times.bind(weight);
        weight.times = (x, ...rest) => {
          asked.push(x.shape[0]);
          return times(x, ...rest);
        };
        try {
          await begun(model(), noProbe);
        } finally {
          weight.times = times;
        }
        assert.deepEqual(asked, [PROMPTS.length]);
      });
    },
    [kernels],
  );
