// A muted head against a model whose weights lack it, and heads as the sum that they are.
import assert from 'node:assert/strict';
import type { Attention } from '../../../src/transformer/attention/attention';
import type { Block } from '../../../src/transformer/blocks/block';
import type { AttentionNames } from '../../../src/transformer/families/weightNames';
import { mutedHeads } from '../../../src/transformer/interventions/mutedHeads';
import type { HookName } from '../../../src/transformer/probe';
import type { Transformer } from '../../../src/transformer/transformer';
import { changedSource } from '../../support/changedSource';
import { loadReference, maxAbs, type SourceChange } from '../../support/reference';
import { describeModels } from './smallModels';
import { smallPass, type SmallPass } from './smallPass';

const MODELS = [
  ...['aiayn', 'marian', 'bert', 'gpt2', 'llama', 't5', 'gptj'].map((name) => `reference/${name}`),
  ...['variants/bloom-3heads-untied', 'variants/opt-nobias-noaffine'],
];
/** Those of two stacks. */
const CROSSING = new Set(['reference/aiayn', 'reference/marian', 'reference/t5']);
const MUTED = [0, 2];

/** Every attention of a model. */
function attentionsOf({ encoder, decoder }: Transformer): [HookName, Attention][] {
  const blocks = [encoder, decoder].flatMap((stack): readonly Block[] => stack?.parts.blocks ?? []);
  return blocks.flatMap(({ name, parts: { self, cross } }): [HookName, Attention][] => [
    [`${name}.attn`, self.attention],
    ...(cross ? [[`${name}.cross_attn`, cross.attention] satisfies [HookName, Attention]] : []),
  ]);
}

/** A checkpoint whose W_O has zeros where these heads come in. */
const withoutHeads =
  (find: (names: Parameters<SourceChange>[1]) => AttentionNames, headWidth: number): SourceChange =>
  (source, names) => {
    const { output } = find(names);
    return changedSource(source, (one, name, row, column) => {
      if (name !== output.weight) return one;
      const input = output.layout === 'inOut' ? row : column;
      return MUTED.includes(Math.floor(input / headWidth)) ? 0 : one;
    });
  };

describeModels('muted heads', MODELS, (model, folder) => {
  let plain: SmallPass;
  before(async () => {
    plain = await smallPass(model());
  });

  const kinds = CROSSING.has(folder) ? (['attn', 'cross_attn'] as const) : (['attn'] as const);
  for (const kind of kinds)
    it(`${kind}: as if their block of W_O were 0`, async () => {
      const { encoder, decoder } = model();
      const stack = (decoder ?? encoder)!;
      const layer = stack.config.layers - 1;
      const name = `${stack.parts.blocks[layer]!.name}.${kind}`;
      const probe = mutedHeads(new Map([[name, new Set(MUTED)]]));
      const muted = await smallPass(model(), { probe });
      const change = withoutHeads((names) => {
        const block = (names.decoder ?? names.encoder)!.block(layer);
        return kind === 'attn' ? block.self : block.cross!;
      }, stack.config.headWidth);
      const lacking = await loadReference(`test/fixtures/${folder}`, change);
      const wanted = await smallPass(lacking.model);
      lacking.model.dispose();
      await lacking.tensors.close();
      assert.ok(maxAbs(muted.states, wanted.states) <= 1e-5);
      assert.ok(maxAbs(muted.logits, wanted.logits) <= 1e-5);
      assert.ok(maxAbs(muted.states, plain.states) > 1e-3, 'they did say something');
    });

  it('leave the heads beside them as they are', async () => {
    const name = `${(model().encoder ?? model().decoder)!.parts.blocks[0]!.name}.attn`;
    const sees = (one: HookName): boolean => one === `${name}.z`;
    const trained = (await smallPass(model(), { sees })).values.get(`${name}.z`)!;
    const probe = mutedHeads(new Map([[name, new Set(MUTED)]]));
    const { values, shapes } = await smallPass(model(), { probe, sees });
    const [, , heads, width] = shapes.get(`${name}.z`)! as [number, number, number, number];
    const wanted = trained.map((one, i) =>
      MUTED.includes(Math.floor(i / width) % heads) ? 0 : one,
    );
    assert.deepEqual(values.get(`${name}.z`), wanted);
  });

  it('every attention’s heads and bias add up to what it adds', async () => {
    const { values, shapes } = await smallPass(model(), {
      sees: (name) => /attn(\.result|_out)$/.test(name),
    });
    for (const [name, attention] of attentionsOf(model())) {
      const results = values.get(`${name}.result`)!; // [1, position, head, d_model]
      const [, length, heads, width] = shapes.get(`${name}.result`) as readonly [
        number,
        number,
        number,
        number,
      ];
      const bias = attention.projections.output.bias?.dataSync();
      const sums = Float64Array.from({ length: length * width }, (_, i) => {
        let sum: number = bias?.[i % width] ?? 0;
        for (let head = 0; head < heads; head++)
          sum += results[(Math.floor(i / width) * heads + head) * width + (i % width)]!;
        return sum;
      });
      const error = maxAbs(sums, values.get(`${name}_out`)!);
      assert.ok(error <= 1e-5, `${name}: ${error}`);
    }
  });
});
