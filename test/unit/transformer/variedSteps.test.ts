// Decoding in steps with a variation gives what one pass over the same tokens gives.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { Failure } from '../../../src/failure/failure';
import { noProbe } from '../../../src/transformer/probe';
import { unwatched } from '../../../src/transformer/runControl';
import { tokenBatch } from '../../../src/transformer/sequence';
import type { Transformer } from '../../../src/transformer/transformer';
import { asTrained, type Variation } from '../../../src/transformer/variation';
import { maxAbs } from '../../support/reference';
import { describeModels } from './smallModels';
import { IDS, smallPass, WRITTEN } from './smallPass';

const MODELS = [
  ...['marian', 't5', 'gpt2', 'llama', 'gptj'].map((name) => `reference/${name}`),
  'variants/bloom-3heads-untied',
];
/** Tokens of the first step; the others come one by one. */
const PROMPT = 4;

/** States of all tokens, `[position, width]`, decoded in steps. */
async function inSteps(model: Transformer, variation: Variation): Promise<Float32Array> {
  const source = tokenBatch([IDS]);
  const ids = model.encoder ? WRITTEN : IDS;
  const states = model.encoder ? await model.encode(source, noProbe, unwatched) : null;
  const memory = states && { states, tokens: source };
  const decoding = model.startDecoding(memory, noProbe, variation);
  try {
    const numbers: number[] = [];
    for (const step of [ids.slice(0, PROMPT), ...ids.slice(PROMPT).map((id) => [id])]) {
      const out = await decoding.run(tokenBatch([step]), noProbe, unwatched);
      numbers.push(...out.dataSync());
      out.dispose();
    }
    return Float32Array.from(numbers);
  } finally {
    decoding.dispose();
    tf.dispose(states!);
  }
}

describeModels('decoding in steps', MODELS, (model) => {
  const name = (): string => `${model().decoder!.parts.blocks[0]!.name}.attn`;
  const VARIATIONS: readonly (readonly [string, () => Partial<Variation>])[] = [
    ['places off', () => ({ places: { kind: 'off' } })],
    ['shifted places', () => ({ places: { kind: 'shifted', by: 3 } })],
    [
      'places swapped in the first step',
      () => ({ places: { kind: 'swapped', first: 0, second: 3 } }),
    ],
    ['a cut residual', () => ({ cutResiduals: new Set([name()]) })],
    [
      'another score function',
      () => ({ scoreFunctions: new Map([[name(), { function: 'additive', heads: null }]]) }),
    ],
  ];
  for (const [what, change] of VARIATIONS)
    it(`${what}: as in one pass`, async () => {
      const decoder = { ...asTrained, ...change() };
      const whole = await smallPass(model(), { variations: { encoder: asTrained, decoder } });
      const steps = await inSteps(model(), decoder);
      assert.ok(maxAbs(steps, whole.states) <= 1e-5, String(maxAbs(steps, whole.states)));
    });

  it('tokens that come one after another cannot swap places', async () => {
    const places = { kind: 'swapped', first: 1, second: PROMPT } as const;
    await assert.rejects(inSteps(model(), { ...asTrained, places }), (error: Failure) => {
      assert.equal(error.code, 'variation.noToken');
      assert.deepEqual(error.args, { first: 2, second: PROMPT + 1, tokens: PROMPT });
      return true;
    });
  });
});
