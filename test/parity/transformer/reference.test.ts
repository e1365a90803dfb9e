import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { referenceNames } from '../../../src/engine/referenceNames';
import { CachedSteps } from '../../../src/transformer/cachedSteps';
import { beamSearch } from '../../../src/transformer/generate/beam';
import { greedy } from '../../../src/transformer/generate/greedy';
import { noProbe } from '../../../src/transformer/probe';
import { unwatched } from '../../../src/transformer/runControl';
import { tokenBatch } from '../../../src/transformer/sequence';
import { GatherProbe } from '../../support/gatherProbe';
import {
  loadReference,
  maxAbs,
  REFERENCE_FOLDERS,
  type ReferenceModel,
} from '../../support/reference';
import { useWasm } from '../../support/wasm';

/** Bound of the issue; `MOST` is where float32 sums in another order usually stay. */
const TOLERANCE = 1e-4;
const MOST = 2e-5;

for (const folder of REFERENCE_FOLDERS) {
  describe(`parity with the reference implementation: ${folder}`, () => {
    let reference: ReferenceModel;
    before(async () => {
      await useWasm();
      reference = await loadReference(folder);
    });
    after(async () => {
      reference.model.dispose();
      await reference.tensors.close();
      assert.equal(tf.memory().numTensors, 0, 'a model frees all its tensors');
    });

    it('computes every stored output of every case', async () => {
      const { model, expected, tensors } = reference;
      const { encoder, decoder } = model.config;
      const names = referenceNames({ encoder: encoder.layers, decoder: decoder.layers });
      const differences: number[] = [];
      for (const [name, { inputs, outputs }] of Object.entries(expected.cases)) {
        const probe = new GatherProbe((hook) => names.has(hook));
        const logits = await model.forward(
          tokenBatch(inputs.input_ids, inputs.attention_mask),
          tokenBatch(inputs.decoder_input_ids, inputs.decoder_attention_mask),
          probe,
        );
        logits.dispose();
        const computed = new Map(
          [...names].flatMap(([hook, aliases]) =>
            aliases.map((alias) => [alias, probe.values.get(hook)!] as const),
          ),
        );
        for (const [output, { tensor }] of Object.entries(outputs)) {
          const stored = await tensors.read(tensor ?? `${name}/${output}`);
          const difference = maxAbs(stored, computed.get(output) ?? []);
          assert.ok(difference <= TOLERANCE, `${name}/${output} differs by ${difference}`);
          differences.push(difference);
        }
      }
      const close = differences.filter((difference) => difference <= MOST).length;
      const worst = Math.max(...differences).toExponential(2);
      console.log(`      ${differences.length} tensors, worst ${worst}, ${close} within ${MOST}`);
      assert.ok(differences.length > 10, 'there were tensors to compare');
      assert.ok(close > differences.length / 2, 'most are within 2e-5');
    });

    it('writes the same greedy sequences, cached', async () => {
      const { model, generation, expected } = reference;
      const tasks = [
        ...Object.values(expected.cases).flatMap(({ inputs, sequences }) =>
          sequences ? [{ input_ids: inputs.input_ids, sequences }] : [],
        ),
        ...(expected.generation['greedy'] ? [expected.generation['greedy']] : []),
      ];
      assert.ok(tasks.length > 0);
      for (const { input_ids, sequences } of tasks) {
        const tokens = tokenBatch(input_ids);
        const states = await model.encode(tokens, noProbe, unwatched);
        const steps = new CachedSteps(model, model.decoder.start({ states, tokens }));
        const prompt = input_ids.map(() => [generation.startToken]);
        const maxNewTokens = sequences[0]!.length - 1;
        const written = await greedy(steps, { prompt, maxNewTokens }, generation);
        steps.dispose();
        states.dispose();
        assert.deepEqual(written, sequences);
      }
    });

    if (!folder.endsWith('marian')) return; // the one reference that was searched with beams
    it('writes the same beam sequences with the same scores', async () => {
      const { model, generation, expected } = reference;
      const task = expected.generation['beam3']!;
      const tokens = tokenBatch(task.input_ids);
      const states = await model.encode(tokens, noProbe, unwatched);
      const steps = new CachedSteps(model, model.decoder.start({ states, tokens }));
      const prompt = task.input_ids.map(() => [generation.startToken]);
      const maxNewTokens = task.sequences[0]!.length - 1;
      const result = await beamSearch(steps, { prompt, maxNewTokens, beams: 3 }, generation);
      steps.dispose();
      states.dispose();
      assert.deepEqual(result.sequences, task.sequences);
      assert.ok(maxAbs(result.scores, task.sequences_scores!) <= TOLERANCE);
    });
  });
}
