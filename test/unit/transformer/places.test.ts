// What tokens are told of their places: against inputs and weights that say the same by other means.
import assert from 'node:assert/strict';
import type { Failure } from '../../../src/failure/failure';
import { hookNames } from '../../../src/transformer/hookNames';
import { tokenBatch, type TokenBatch } from '../../../src/transformer/sequence';
import type { PlaceVariation } from '../../../src/transformer/variation';
import { changedSource } from '../../support/changedSource';
import { loadReference, maxAbs, type SourceChange } from '../../support/reference';
import { describeModels } from './smallModels';
import { both, IDS, permuted, smallPass, type SmallPass } from './smallPass';

const references = (...names: string[]): string[] => names.map((name) => `reference/${name}`);
const ENCODERS = references('bert', 'roberta', 'distilbert', 'albert', 'electra');
const ROTARY = references('llama', 'mistral', 'qwen3', 'gptj', 'gpt_neox');
const ADDED = [...references('bert', 'roberta', 'gpt2'), 'variants/opt-nobias-noaffine'];
const BIASED = [...references('t5'), 'variants/bloom-3heads-untied'];
/** Decoders, to be read without a mask: then nothing but positions knows of the order. */
const DECODERS = [...references('gpt2', 'llama', 'gptj'), 'variants/bloom-3heads-untied'];
const OPT = 'variants/opt-nobias-noaffine';

const BY = 5;
const [FIRST, SECOND] = [1, 6];
const SWAPPED = [0, 6, 2, 3, 4, 5, 1, 7];
const ORDER = [3, 0, 7, 1, 6, 2, 5, 4];
const swap: PlaceVariation = { kind: 'swapped', first: FIRST, second: SECOND };
const shift: PlaceVariation = { kind: 'shifted', by: BY };
const off: PlaceVariation = { kind: 'off' };
const TYPES = [0, 0, 0, 1, 1, 1, 1, 1];

/** The text in this order, each token with its kind. */
const text = (order: readonly number[], typed: boolean): TokenBatch =>
  tokenBatch([order.map((i) => IDS[i]!)], typed ? { types: [order.map((i) => TYPES[i]!)] } : {});
const INDICES = IDS.map((_, i) => i);

describeModels('places', [...ENCODERS, ...DECODERS, OPT], (model) => {
  const typed = (): boolean => (model().encoder?.config.embedding.types ?? 0) > 1;
  const run = (order: readonly number[], places?: PlaceVariation): Promise<SmallPass> =>
    smallPass(model(), {
      source: text(order, typed()),
      variations: both({ unmasked: true, ...(places ? { places } : {}) }),
    });

  it('swapped: the same as the tokens swapped, and put back', async () => {
    const told = await run(INDICES, swap);
    const moved = await run(SWAPPED);
    const wanted = permuted(moved.states, moved.width, SWAPPED);
    assert.ok(maxAbs(told.states, wanted) <= 1e-5, String(maxAbs(told.states, wanted)));
    assert.ok(maxAbs((await run(INDICES)).states, wanted) > 1e-3, 'it makes a difference');
  });

  it('off: tokens in another order are the same vectors in another order', async () => {
    const [straight, turned] = [await run(INDICES, off), await run(ORDER, off)];
    const wanted = permuted(straight.states, straight.width, ORDER);
    assert.ok(maxAbs(turned.states, wanted) <= 1e-5, String(maxAbs(turned.states, wanted)));
    const asEver = permuted((await run(INDICES)).states, straight.width, ORDER);
    assert.ok(maxAbs((await run(ORDER)).states, asEver) > 1e-3, 'with places they are not');
  });
});

describeModels(
  'places of an encoder beside a decoder',
  references('aiayn', 'marian', 't5'),
  (model) => {
    const run = (order: readonly number[], places?: PlaceVariation): Promise<SmallPass> =>
      smallPass(model(), {
        source: text(order, false),
        variations: { ...both({}), encoder: both(places ? { places } : {}).encoder },
        sees: (name) => name === 'encoder.ln_final',
      });
    const memory = ({ values }: SmallPass): Float32Array => values.get('encoder.ln_final')!;

    it('swapped and off change the encoder as they change a lone one', async () => {
      const { dModel } = model().encoder!.config;
      const told = memory(await run(INDICES, swap));
      const moved = permuted(memory(await run(SWAPPED)), dModel, SWAPPED);
      assert.ok(maxAbs(told, moved) <= 1e-5, String(maxAbs(told, moved)));
      const unplaced = permuted(memory(await run(INDICES, off)), dModel, ORDER);
      assert.ok(maxAbs(memory(await run(ORDER, off)), unplaced) <= 1e-5);
      assert.ok(maxAbs(memory(await run(INDICES)), told) > 1e-3);
    });

    it('off: the decoder does not see in which order the encoder read', async () => {
      const [one, other] = [await run(INDICES, off), await run(ORDER, off)];
      assert.ok(maxAbs(one.states, other.states) <= 1e-5);
      assert.ok(maxAbs((await run(INDICES)).states, (await run(ORDER)).states) > 1e-3);
    });
  },
);

/** A checkpoint that knows of no positions. */
const unplaced: SourceChange = (source, { encoder, decoder }) => {
  const stacks = [encoder, decoder];
  const tables = new Set(stacks.flatMap((stack) => [stack?.positions, stack?.relativeBias]));
  return changedSource(source, (one, name) => (tables.has(name) ? 0 : one));
};

describeModels('no places, added or as a bias', [...ADDED, 'reference/t5'], (model, folder) => {
  it('the same as tables of zeros, to the last bit', async () => {
    const lacking = await loadReference(`test/fixtures/${folder}`, unplaced);
    const wanted = await smallPass(lacking.model);
    lacking.model.dispose();
    await lacking.tensors.close();
    const told = await smallPass(model(), { variations: both({ places: off }) });
    assert.equal(maxAbs(told.states, wanted.states), 0);
    assert.equal(maxAbs(told.logits, wanted.logits), 0);
  });

  it('offer no positions to a probe, but all else', async () => {
    const { values } = await smallPass(model(), {
      variations: both({ places: off }),
      sees: () => true,
    });
    const names = hookNames(model().config).filter((name) => !name.endsWith('pos_embed'));
    assert.deepEqual([...values.keys()].toSorted(), names.toSorted());
  });
});

describeModels('rotary places', ROTARY, (model) => {
  const sees = (name: string): boolean => /\.(pattern|hook_(rot_)?[qk])$/.test(name);

  it('shifted: patterns do not notice', async () => {
    const [plain, told] = [
      await smallPass(model(), { sees }),
      await smallPass(model(), { sees, variations: both({ places: shift }) }),
    ];
    for (const [name, values] of plain.values) {
      const difference = maxAbs(values, told.values.get(name)!);
      if (name.endsWith('.pattern')) assert.ok(difference <= 1e-5, `${name}: ${difference}`);
      if (name.endsWith('blocks.0.attn.hook_rot_q')) assert.ok(difference > 1e-2, name);
    }
    assert.ok(maxAbs(told.states, plain.states) <= 1e-5);
  });

  it('off: nothing is turned', async () => {
    const { values } = await smallPass(model(), { sees, variations: both({ places: off }) });
    for (const one of ['q', 'k'])
      assert.equal(
        maxAbs(
          values.get(`blocks.0.attn.hook_rot_${one}`)!,
          values.get(`blocks.0.attn.hook_${one}`)!,
        ),
        0,
      );
  });
});

describeModels('shifted places that are added', [...ADDED, 'reference/marian'], (model, folder) => {
  const { length } = IDS;

  it('are the rows of the table that many further on', async () => {
    const { encoder, decoder } = model();
    const { positions } = (encoder ?? decoder)!.config;
    // RoBERTa's positions are rows of its table, whose first two are padding's.
    const first = folder.endsWith('roberta') && positions.kind === 'learned' ? positions.offset : 0;
    const given = tokenBatch([IDS], { positions: [INDICES.map((i) => first + BY + i)] });
    const told = await smallPass(model(), {
      variations: {
        ...both({}),
        [encoder ? 'encoder' : 'decoder']: both({ places: shift }).encoder,
      },
    });
    const wanted = await smallPass(model(), { source: given });
    assert.equal(maxAbs(told.states, wanted.states), 0);
    assert.ok(maxAbs(told.states, (await smallPass(model())).states) > 1e-3);
  });

  it('refuse what lies beyond the table, in numbers', async () => {
    const { encoder, decoder } = model();
    const { positions } = (encoder ?? decoder)!.config;
    const last = (positions as { count: number }).count - 1;
    const by = last - length + 2;
    const run = (some: number): Promise<SmallPass> =>
      smallPass(model(), { variations: both({ places: { kind: 'shifted', by: some } }) });
    await run(by - 1);
    await assert.rejects(run(by), (error: Failure) => {
      assert.equal(error.code, 'variation.noPosition');
      assert.deepEqual(error.args, { by, position: last + 1, last });
      return true;
    });
  });
});

describeModels('shifted places where only distances count', BIASED, (model) => {
  it('are the same run', async () => {
    const told = await smallPass(model(), { variations: both({ places: shift }) });
    assert.deepEqual(told.states, (await smallPass(model())).states);
  });
});

describeModels('swapped places', references('gpt2'), (model) => {
  it('need both tokens', async () => {
    const places: PlaceVariation = { kind: 'swapped', first: 0, second: IDS.length };
    await assert.rejects(
      smallPass(model(), { variations: both({ places }) }),
      (error: Failure) => error.code === 'variation.noToken',
    );
  });
});
