import assert from 'node:assert/strict';
import { NodeModelFolder } from '../../../src/engine/nodeModelFolder';
import { ExpectedTensors } from '../../../src/engine/expectedTensors';
import type { RowAddress } from '../../../src/protocol/address';
import { numbersOf } from '../../../src/protocol/wireTensor';
import { wordsOfTokens } from '../../../src/protocol/words';
import { BUILT_IN, EngineHarness } from '../../support/engineHarness';
import { maxAbs } from '../../support/reference';

const SOURCE = 16;
const QUERIES = 19;
const HEADS = 8;
const ROW: RowAddress = {
  stack: 'encoder',
  layer: 2,
  head: 3,
  hideSpecials: false,
  unit: 'token',
  direction: 'looksAt',
  token: 12,
};

describe('answers about a trace', () => {
  let engine: EngineHarness;
  let expected: ExpectedTensors;
  before(async () => {
    engine = new EngineHarness();
    expected = await ExpectedTensors.open(new NodeModelFolder(BUILT_IN));
    engine.run('a');
    await engine.finished('a');
  });
  after(async () => {
    engine.close();
    await expected.close();
  });

  const row = async (
    change: Partial<RowAddress>,
  ): Promise<{ weights: Float32Array; norms: Float32Array; hidden: number }> => {
    const { weights, norms, hidden } = await engine.ask('a', {
      name: 'row',
      question: { ...ROW, ...change },
    });
    return { weights: numbersOf(weights), norms: numbersOf(norms), hidden };
  };
  /** `[head, query, key]` as the reference implementation computed it. */
  const stored = (name: string): Promise<Float32Array> => expected.read(`s0/${name}`);

  it('gives rows of single heads as the reference has them, in all three stacks', async () => {
    const names = {
      encoder: 'encoder_attentions',
      decoder: 'decoder_attentions',
      cross: 'cross_attentions',
    };
    const sizes = {
      encoder: [SOURCE, SOURCE],
      decoder: [QUERIES, QUERIES],
      cross: [QUERIES, SOURCE],
    } as const;
    for (const stack of ['encoder', 'decoder', 'cross'] as const) {
      const [queries, keys] = sizes[stack];
      const all = await stored(`${names[stack]}.1`);
      for (const [head, token] of [
        [0, 0],
        [5, 7],
        [7, queries - 1],
      ] as const) {
        const { weights } = await row({ stack, layer: 1, head, token });
        const start = (head * queries + token) * keys;
        assert.ok(
          maxAbs(weights, all.subarray(start, start + keys)) < 1e-5,
          `${stack} ${head} ${token}`,
        );
      }
    }
  });

  it('shows the antecedent: “it” looks at “animal” in head E2·H3', async () => {
    const { weights } = await row({ token: 11 });
    const { plan } = await engine.until('planned');
    const label = (i: number): string => plan.source[i]!.label;
    const it = plan.source.findIndex((token) => token.label === 'it');
    const ofIt = (await row({ token: it })).weights;
    const strongest = ofIt.indexOf(Math.max(...ofIt));
    assert.equal(label(strongest), 'animal');
    assert.notDeepEqual(weights, ofIt);
  });

  it('means and maxima over heads and layers are those of the stored tensors', async () => {
    const layers = await Promise.all(
      [0, 1, 2].map((layer) => stored(`encoder_attentions.${layer}`)),
    );
    const column = (values: Float32Array, key: number): number[] =>
      Array.from({ length: HEADS }, (_, h) => values[(h * SOURCE + ROW.token) * SOURCE + key]!);
    const mean = (numbers: number[]): number =>
      numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
    const keys = Array.from({ length: SOURCE }, (_, key) => key);
    const expectations = {
      mean: keys.map((key) => mean(column(layers[2]!, key))),
      max: keys.map((key) => Math.max(...column(layers[2]!, key))),
    };
    for (const head of ['mean', 'max'] as const) {
      assert.ok(maxAbs((await row({ head })).weights, expectations[head]) < 1e-5);
    }
    const overLayers = keys.map((key) => mean(layers.map((values) => mean(column(values, key)))));
    assert.ok(maxAbs((await row({ layer: 'mean', head: 'mean' })).weights, overLayers) < 1e-5);
  });

  it('the column of a key holds what its queries’ rows say', async () => {
    for (const hideSpecials of [false, true]) {
      const column = await row({ direction: 'lookedAt', hideSpecials });
      for (const query of [1, 5, 12]) {
        const { weights } = await row({ token: query, hideSpecials });
        assert.equal(column.weights[query], weights[ROW.token]);
      }
    }
  });

  it('hides special tokens and renormalises over the rest', async () => {
    const all = await row({ head: 'mean' });
    const { weights, hidden } = await row({ head: 'mean', hideSpecials: true });
    assert.ok(
      Number.isNaN(weights[0]) && Number.isNaN(weights[SOURCE - 1]),
      'language token and end',
    );
    const shown = weights.slice(1, -1);
    assert.ok(Math.abs(shown.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-6);
    assert.ok(Math.abs(hidden - (all.weights[0]! + all.weights[SOURCE - 1]!)) < 1e-6);
  });

  it('norms are those of α·v·W_O: of all heads together they add up to what the layer adds', async () => {
    const one = await row({});
    assert.ok(one.norms.every((norm) => norm >= 0));
    // A head that gives a key no weight moves nothing from it.
    const zero = one.weights.findIndex((weight) => weight < 1e-7);
    if (zero >= 0) assert.ok(one.norms[zero]! < 1e-4);
    const max = await row({ head: 'max' });
    const each = await Promise.all(Array.from({ length: HEADS }, (_, head) => row({ head })));
    for (let key = 0; key < SOURCE; key++) {
      assert.ok(
        Math.abs(max.norms[key]! - Math.max(...each.map(({ norms }) => norms[key]!))) < 1e-6,
      );
    }
    const mean = await row({ head: 'mean' });
    for (let key = 0; key < SOURCE; key++) {
      const bound = each.reduce((sum, { norms }) => sum + norms[key]!, 0);
      assert.ok(mean.norms[key]! <= bound + 1e-4, 'the norm of a sum is at most the sum of norms');
    }
  });

  it('of words: rows are means, columns sums, over the words the plan names', async () => {
    const { plan } = await engine.until('planned');
    const groups = wordsOfTokens(plan.source);
    assert.ok(groups.length < SOURCE, 'some word has several tokens');
    for (const [word, { first, last }] of groups.entries()) {
      const { weights, norms } = await row({ unit: 'word', token: word, head: 'mean' });
      const tokens = Array.from({ length: last - first + 1 }, (_, i) => first + i);
      const rows = await Promise.all(tokens.map((token) => row({ token, head: 'mean' })));
      const wanted = groups.map((keys) => {
        const summed = rows.map((one) =>
          one.weights.slice(keys.first, keys.last + 1).reduce((sum, weight) => sum + weight, 0),
        );
        return summed.reduce((sum, weight) => sum + weight, 0) / rows.length;
      });
      assert.ok(maxAbs(weights, wanted) < 1e-6);
      assert.equal(norms.length, groups.length);
      if (tokens.length > 1) continue;
      for (const [link, keys] of groups.entries()) {
        if (keys.first !== keys.last) continue;
        assert.ok(Math.abs(norms[link]! - rows[0]!.norms[keys.first]!) < 1e-6);
      }
    }
    await assert.rejects(row({ unit: 'word', token: groups.length }), /trace.noToken/);
  });

  it('sends exact rows of a matrix, and a coded picture of the same', async () => {
    const address = {
      stack: 'cross',
      layer: 2,
      head: 'mean',
      hideSpecials: false,
      unit: 'token',
    } as const;
    const rows = numbersOf(
      await engine.ask('a', { name: 'matrixRows', question: { ...address, from: 0, to: QUERIES } }),
    );
    const picture = await engine.ask('a', { name: 'matrix', question: address });
    assert.deepEqual([picture.rows, picture.columns], [QUERIES, SOURCE]);
    assert.equal(picture.maxima[0], Math.max(...rows));
    const bytes = new Uint8Array(picture.data);
    for (const [i, weight] of rows.entries()) {
      assert.equal(bytes[i], Math.round(255 * Math.sqrt(weight / picture.maxima[0])));
    }
  });

  it('sends positional encodings as the model adds them, and their products', async () => {
    const { table, count } = await engine.ask('a', {
      name: 'positions',
      question: { side: 'source', from: 2, to: 4 },
    });
    const numbers = numbersOf(table);
    assert.deepEqual([count, table.shape], [SOURCE, [2, 256]]);
    assert.ok(Math.abs(numbers[0]! - Math.sin(2)) < 1e-6);
    assert.ok(Math.abs(numbers[128]! - Math.cos(2)) < 1e-6);
    const curve = numbersOf(
      await engine.ask('a', { name: 'positionCurve', question: { side: 'target', origin: 5 } }),
    );
    assert.ok(Math.abs(curve[5]! - 128) < 1e-4);
    assert.ok(Math.abs(curve[3]! - curve[7]!) < 1e-4, 'distance alone counts');
  });

  it('writes Python that names the number it reproduces', async () => {
    const { code, value } = await engine.ask('a', {
      name: 'python',
      question: { stack: 'cross', layer: 2, head: 1, query: 13, key: 2 },
    });
    const all = await stored('cross_attentions.2');
    assert.ok(Math.abs(value - all[(1 * QUERIES + 13) * SOURCE + 2]!) < 1e-6);
    assert.match(code, /out\.cross_attentions\[2\]\[0\]/);
    assert.match(code, /attention\[1\]\[13, 2\]/);
    assert.match(code, /decoder_input_ids = torch\.tensor\(\[\[0, 2937, .*, 271\]\]\)/);
  });

  it('says which address there is not', async () => {
    const rejects = (change: Partial<RowAddress>, code: RegExp): Promise<void> =>
      assert.rejects(row(change), code);
    await rejects({ layer: 3 }, /trace.noLayer/);
    await rejects({ head: 8 }, /trace.noHead/);
    await rejects({ token: SOURCE }, /trace.noToken/);
    await rejects({ stack: 'decoder', token: QUERIES }, /trace.notRead/);
  });
});
