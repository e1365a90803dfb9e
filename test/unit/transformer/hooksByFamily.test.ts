// Probes on one model of each kind: looking changes nothing, changing a value changes what follows.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { hookNames } from '../../../src/transformer/hookNames';
import { noProbe, type Probe } from '../../../src/transformer/probe';
import { GatherProbe } from '../../support/gatherProbe';
import { batchesOf, loadReference, maxAbs, type ReferenceModel } from '../../support/reference';
import { describeKernels } from '../../support/kernels';

/** What a model is an example of → its folder and a case of it. */
const MODELS: readonly (readonly [what: string, folder: string, name: string])[] = [
  ['an encoder with a pooler', 'variants/bert-model-pooler', 'pad'],
  ['an encoder with a masked-token head', 'reference/electra', 'pad'],
  ['a decoder with learned positions', 'reference/gpt2', 'leftpad'],
  ['rotary positions, keys and values shared by heads', 'reference/llama', 'pad'],
  ['turned neighbours, two sub-layers at once', 'reference/gptj', 'nopad'],
  ['normalised queries and keys', 'reference/qwen3', 'nopad'],
  ['ALiBi', 'variants/bloom-3heads-untied', 'holes'],
  ['a relative bias, two stacks', 'reference/t5', 'pad'],
];

for (const [what, folder, name] of MODELS) {
  describeKernels(`probes: ${what} (${folder})`, () => {
    let reference: ReferenceModel;
    let plain: Float32Array;
    let tensors: number;
    /** The stack whose hooks are changed, and its shape. */
    let prefix: string;

    before(async () => {
      reference = await loadReference(`test/fixtures/${folder}`);
      tensors = tf.memory().numTensors;
      plain = await outcome(noProbe);
      prefix = reference.model.architecture === 'encoderDecoder' ? 'decoder.' : '';
    });
    afterEach(() => assert.equal(tf.memory().numTensors, tensors));
    after(async () => {
      reference.model.dispose();
      await reference.tensors.close();
    });

    /** States, then the head's answer. */
    async function outcome(probe: Probe): Promise<Float32Array> {
      const { source, target } = batchesOf(reference.expected.cases[name]!.inputs);
      const { states, logits } = await reference.model.forward(source, target, probe);
      const numbers = [states, logits].flatMap((one) => (one ? [...one.dataSync()] : []));
      tf.dispose([states, logits!]);
      return Float32Array.from(numbers);
    }

    const at = (hook: string, change: (value: tf.Tensor) => tf.Tensor): Promise<Float32Array> =>
      outcome(
        new GatherProbe(
          (one) => one === `${prefix}${hook}`,
          (_, value) => change(value),
        ),
      );

    it('sees every hook that the model is said to have, and no other', async () => {
      const probe = new GatherProbe(() => true);
      await outcome(probe);
      const names = hookNames(reference.model.config);
      assert.equal(new Set(names).size, names.length);
      assert.deepEqual([...probe.values.keys()].toSorted(), names.toSorted());
    });

    it('is byte for byte the same run when a probe only looks', async () => {
      assert.deepEqual(await outcome(new GatherProbe(() => true)), plain);
    });

    it('is not shown what it does not want', async () => {
      const probe = new GatherProbe((one) => one.endsWith('attn.z'));
      await outcome(probe);
      assert.ok(probe.values.size > 0);
      for (const one of probe.values.keys()) assert.ok(one.endsWith('attn.z'), one);
    });

    const half = (value: tf.Tensor): tf.Tensor => tf.mul(value, tf.scalar(0.5));
    const CHANGES: readonly (readonly [string, (value: tf.Tensor) => tf.Tensor])[] = [
      ['embed', (value) => tf.relu(value)], // not scaled: a norm that follows would undo it
      ['blocks.0.attn.hook_v', half],
      ['blocks.0.attn.scores', half],
      ['blocks.0.attn.z', half],
      ['blocks.0.mlp.post', half],
    ];
    for (const [hook, change] of CHANGES) {
      it(`hands a changed ${hook} on, for this run only`, async () => {
        const changed = await at(hook, change);
        assert.ok(maxAbs(changed, plain) > 1e-3);
        assert.deepEqual(await outcome(noProbe), plain);
      });
    }

    it('adds up the heads’ results to what the sub-layer adds, but for the bias', async () => {
      const points = [`${prefix}blocks.0.attn.result`, `${prefix}blocks.0.attn_out`];
      const probe = new GatherProbe((one) => points.includes(one));
      await outcome(probe);
      const [results, added] = points.map((point) => probe.values.get(point)!);
      const [batch, length, heads, dModel] = probe.shapes.get(points[0]!)!;
      const { encoder, decoder } = reference.model;
      const { blocks } = (decoder ?? encoder)!.parts;
      const { bias } = blocks[0]!.parts.self.attention.projections.output;
      const biases = bias?.dataSync();
      const sums = new Float32Array(batch! * length! * dModel!);
      for (let row = 0; row < batch! * length!; row++)
        for (let head = 0; head < heads!; head++)
          for (let d = 0; d < dModel!; d++)
            sums[row * dModel! + d]! += results![(row * heads! + head) * dModel! + d]!;
      const wanted = added!.map((one, i) => one - (biases?.[i % dModel!] ?? 0));
      assert.ok(maxAbs(sums, wanted) < 1e-5, String(maxAbs(sums, wanted)));
      // Handing the same numbers back makes the model go by way of the single heads.
      const same = await at('blocks.0.attn.result', (value) => tf.clone(value));
      assert.ok(maxAbs(same, plain) < 1e-4);
    });

    it('gives rows that sum to 1 where there is anything to see', async () => {
      const { inputs } = reference.expected.cases[name]!;
      const probe = new GatherProbe((one) => one.endsWith('.pattern'));
      await outcome(probe);
      assert.ok(probe.values.size > 0);
      for (const [one, values] of probe.values) {
        const [, heads, queries, keys] = probe.shapes.get(one)!;
        const onText = inputs.decoder_input_ids === undefined || one.startsWith('encoder.');
        const mask = onText ? inputs.attention_mask : inputs.decoder_attention_mask;
        for (let row = 0; row < values.length / keys!; row++) {
          if (mask?.[Math.floor(row / (heads! * queries!))]![row % queries!] === 0) continue;
          const sum = values
            .subarray(row * keys!, (row + 1) * keys!)
            .reduce((total, weight) => total + weight, 0);
          assert.ok(Math.abs(sum - 1) < 1e-5, `${one}: ${sum}`);
        }
      }
    });
  });
}
