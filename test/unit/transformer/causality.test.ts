// With the mask a token changes nothing before it, to the last bit; without it the future leaks in.
import assert from 'node:assert/strict';
import { hookNames } from '../../../src/transformer/hookNames';
import { tokenBatch } from '../../../src/transformer/sequence';
import type { Transformer } from '../../../src/transformer/transformer';
import { maxAbs } from '../../support/reference';
import { describeModels } from './smallModels';
import { both, IDS, smallPass, WRITTEN, type PassRequest, type SmallPass } from './smallPass';

const MODELS = [
  ...['aiayn', 'marian', 'bart', 't5', 'gpt2', 'gpt_neo', 'gpt_neox', 'gptj', 'llama'].map(
    (name) => `reference/${name}`,
  ),
  ...['reference/mistral', 'reference/qwen2', 'reference/qwen3', 'variants/bloom-3heads-untied'],
  ...['variants/gemma-untied-bf16-sharded', 'variants/opt-postnorm-proj'],
];
/** The token that changes: those before it must not notice. */
const CHANGED = 3;
const OTHER_ID = 66;

/** A pass over the decoder's tokens, and over the same with one changed. */
function pair(model: Transformer, request: PassRequest): Promise<[SmallPass, SmallPass]> {
  const ids = model.encoder ? WRITTEN : IDS;
  const side = model.encoder ? 'target' : 'source';
  const run = (tokens: readonly number[]): Promise<SmallPass> =>
    smallPass(model, { ...request, [side]: tokenBatch([tokens]) });
  return Promise.all([run(ids), run(ids.with(CHANGED, OTHER_ID))]);
}

const before = ({ states, width }: SmallPass): Float32Array => states.subarray(0, CHANGED * width);

describeModels('the causal mask', MODELS, (model) => {
  it('a changed token changes no row before it, at any hook', async () => {
    const decoder = model().encoder ? 'decoder.' : '';
    const names = new Set(
      hookNames(model().config).filter(
        (name) =>
          name.startsWith(decoder) && !/\.(scores|pattern|cross_attn\.hook_[kv])$/.test(name),
      ),
    );
    const [one, other] = await pair(model(), { sees: (name) => names.has(name) });
    assert.deepEqual(before(one), before(other));
    assert.ok(maxAbs(one.states, other.states) > 1e-3, 'and the changed one itself changes');
    for (const name of names) {
      const [a, b] = [one.values.get(name)!, other.values.get(name)!]; // [1, position, …]
      const width = a.length / one.shapes.get(name)![1]!;
      assert.deepEqual(a.subarray(0, CHANGED * width), b.subarray(0, CHANGED * width), name);
    }
  });

  it('without it the future leaks in', async () => {
    const [one, other] = await pair(model(), { variations: both({ unmasked: true }) });
    const width = one.width;
    for (let row = 0; row < CHANGED; row++) {
      const at = [row * width, (row + 1) * width] as const;
      const difference = maxAbs(one.states.subarray(...at), other.states.subarray(...at));
      assert.ok(difference > 1e-4, `row ${row} differs by ${difference}`);
    }
  });

  it('without it, every weight is above 0, beyond a window too', async () => {
    const { values } = await smallPass(model(), {
      variations: both({ unmasked: true }),
      sees: (name) => name.endsWith('.attn.pattern'),
    });
    assert.ok(values.size > 0);
    for (const [name, weights] of values) assert.ok(Math.min(...weights) > 0, name);
  });
});

describeModels(
  'without the causal mask',
  ['reference/gpt2', 'variants/bloom-3heads-untied'],
  (model) => {
    it('padding stays unseen', async () => {
      const mask = [IDS.map((_, i) => (i < 2 ? 0 : 1))];
      const run = (ids: readonly number[]): Promise<SmallPass> =>
        smallPass(model(), {
          source: tokenBatch([ids], { mask }),
          variations: both({ unmasked: true }),
        });
      const [one, other] = [await run(IDS), await run(IDS.with(1, OTHER_ID))];
      const real = (pass: SmallPass): Float32Array => pass.states.subarray(2 * pass.width);
      assert.deepEqual(real(one), real(other));
    });
  },
);
