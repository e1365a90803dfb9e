// A cut residual against the hooks' own values: the sum is what the sub-layer gives, and nothing else.
import assert from 'node:assert/strict';
import type { HookName } from '../../../src/transformer/probe';
import { maxAbs } from '../../support/reference';
import { describeModels } from './smallModels';
import { both, smallPass, type SmallPass } from './smallPass';

const references = (...names: string[]): string[] => names.map((name) => `reference/${name}`);
const SUB_LAYERS = [
  ['attn', 'attn_out', 'resid_mid'],
  ['cross_attn', 'cross_attn_out', 'resid_mid_cross'],
  ['mlp', 'mlp_out', 'resid_post'],
] as const;
const LAYER = 1;

const MODELS = references('aiayn', 'marian', 't5', 'bert', 'gpt2', 'llama');

describeModels('cut residuals', MODELS, (model) => {
  const block = (): HookName => {
    const { encoder, decoder } = model();
    return (decoder ?? encoder)!.parts.blocks[LAYER]!.name;
  };
  const run = (subLayers: readonly string[]): Promise<SmallPass> => {
    const cutResiduals = new Set(subLayers.map((one) => `${block()}.${one}`));
    const sees = (name: HookName): boolean => name.startsWith(`${block()}.`);
    return smallPass(model(), { variations: both({ cutResiduals }), sees });
  };

  it('each sum is the sub-layer’s output alone where it is cut', async () => {
    const plain = await run([]);
    for (const [cut, out, sum] of SUB_LAYERS) {
      if (!plain.values.has(`${block()}.${out}`)) continue;
      const pass = await run([cut]);
      const at = (pass_: SmallPass, point: string): Float32Array =>
        pass_.values.get(`${block()}.${point}`)!;
      assert.deepEqual(at(pass, sum), at(pass, out), cut);
      assert.ok(maxAbs(at(plain, sum), at(plain, out)) > 1e-3);
      assert.ok(maxAbs(pass.states, plain.states) > 1e-3);
    }
  });

  it('others are summed as ever', async () => {
    const { values } = await run(['mlp']);
    const [stream, added, sum] = ['resid_pre', 'attn_out', 'resid_mid'].map((point) =>
      values.get(`${block()}.${point}`)!,
    );
    const wanted = stream!.map((one, i) => one + added![i]!);
    assert.ok(maxAbs(sum!, wanted) <= 1e-6 * Math.max(...wanted.map(Math.abs)));
  });
});

describeModels('cut residuals of parallel sub-layers', references('gptj', 'gpt_neox'), (model) => {
  it('either leaves the stream out of their sum', async () => {
    const name = `blocks.${LAYER}`;
    for (const cut of ['attn', 'mlp']) {
      const { values } = await smallPass(model(), {
        variations: both({ cutResiduals: new Set([`${name}.${cut}`]) }),
        sees: (one) => one.startsWith(`${name}.`),
      });
      const attended = values.get(`${name}.attn_out`)!;
      const transformed = values.get(`${name}.mlp_out`)!;
      const wanted = attended.map((one, i) => one + transformed[i]!);
      assert.deepEqual(values.get(`${name}.resid_post`), wanted);
    }
  });
});

describeModels(
  'cut residuals of a normalised stream',
  ['variants/bloom-3heads-untied'],
  (model) => {
    it('leave out the normalised stream', async () => {
      const { values } = await smallPass(model(), {
        variations: both({ cutResiduals: new Set(['blocks.0.attn']) }),
        sees: (name) => name.startsWith('blocks.0.'),
      });
      assert.deepEqual(values.get('blocks.0.resid_mid'), values.get('blocks.0.attn_out'));
    });
  },
);
