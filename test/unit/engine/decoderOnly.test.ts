// Answers about a trace of a decoder without an encoder, by token and by word, against the definitions.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { answer, overview } from '../../../src/engine/answer';
import { candidateLabel } from '../../../src/engine/tokenLabels';
import { bytesOfPredictions } from '../../../src/engine/tokenPredictions';
import type { RowAddress } from '../../../src/protocol/address';
import type { Answer, Query, QueryName, Question, StudyQuery } from '../../../src/protocol/queries';
import { numbersOf } from '../../../src/protocol/wireTensor';
import { Tokenizer } from '../../../src/tokens/tokenizer';
import {
  D_MODEL,
  D_V,
  HEADS,
  KEY_VALUE_HEADS,
  LAYERS,
  madeTrace,
  type MadeTrace,
} from '../../support/madeTrace';
import { specialToken, tokenOf } from '../../support/traceParts';
import { useWasm } from '../../support/wasm';

/** <s> an|imal| slept| . : the words are tokens 0, 1–3, 4–5 and 6. */
const SOURCE = [
  specialToken('<s>', 1),
  tokenOf('an', { id: 5, word: 0, part: 0 }),
  tokenOf('im', { id: 6, word: 0, part: 0 }),
  tokenOf('al', { id: 7, word: 0, part: 0 }),
  tokenOf(' sle', { id: 8, word: 1, part: 0 }),
  tokenOf('pt', { id: 9, word: 1, part: 0 }),
  tokenOf('.', { id: 5, word: 2, part: 0 }),
];
const WORDS: readonly (readonly number[])[] = [[0], [1, 2, 3], [4, 5], [6]];
const COUNT = SOURCE.length;
const ROW: RowAddress = {
  stack: 'decoder',
  layer: 1,
  head: 2,
  hideSpecials: false,
  unit: 'token',
  direction: 'looksAt',
  token: 5,
};

describe('a decoder without an encoder', () => {
  let made: MadeTrace;
  before(async () => {
    await useWasm();
    made = madeTrace(SOURCE);
  });
  after(() => made.dispose());

  const ask = <N extends QueryName>(query: Exclude<Query, StudyQuery> & { name: N }): Answer<N> =>
    answer(made.trace, query);
  const row = (
    change: Partial<RowAddress>,
  ): { weights: Float32Array; norms: Float32Array; hidden: number } => {
    const { weights, norms, hidden } = ask({ name: 'row', question: { ...ROW, ...change } });
    return { weights: numbersOf(weights), norms: numbersOf(norms), hidden };
  };
  const at = (layer: number, head: number, query: number, key: number): number =>
    made.layers[layer]!.attention[(head * COUNT + query) * COUNT + key]!;
  const close = (actual: ArrayLike<number>, wanted: readonly number[]): void => {
    assert.equal(actual.length, wanted.length);
    for (const [i, number] of wanted.entries())
      assert.ok(Math.abs(actual[i]! - number) < 2e-6, `${i}: ${actual[i]} ≠ ${number}`);
  };
  const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0);
  /** α·v·W_O of some heads between some tokens: mean over queries, sum over keys, `[d_model]`. */
  const moved = (
    layer: number,
    heads: readonly number[],
    queries: readonly number[],
    keys: readonly number[],
  ): number[] =>
    Array.from({ length: D_MODEL }, (_, column) => {
      let total = 0;
      for (const head of heads)
        for (const query of queries)
          for (const key of keys)
            for (let d = 0; d < D_V; d++) {
              const shared = Math.floor(head / (HEADS / KEY_VALUE_HEADS));
              const value = made.layers[layer]!.values[(key * KEY_VALUE_HEADS + shared) * D_V + d]!;
              const output = made.outputs[layer]![(head * D_V + d) * D_MODEL + column]!;
              total += (at(layer, head, query, key) * value * output) / queries.length;
            }
      return total;
    });

  it('the reader’s tokens ask and are asked', () => {
    close(
      row({}).weights,
      SOURCE.map((_, key) => at(1, 2, 5, key)),
    );
    close(
      row({ direction: 'lookedAt', token: 3 }).weights,
      SOURCE.map((_, query) => at(1, 2, query, 3)),
    );
    const picture = overview(made.trace, 'decoder', 0);
    assert.deepEqual([picture.heads, picture.queries, picture.keys], [HEADS, COUNT, COUNT]);
  });

  it('norms of heads that share keys and values', () => {
    close(
      row({}).norms,
      SOURCE.map((_, key) => Math.hypot(...moved(1, [2], [5], [key]))),
    );
    const all = [0, 1, 2, 3];
    const layers = [0, 1];
    close(
      row({ layer: 'mean', head: 'mean' }).norms,
      SOURCE.map((_, key) => sum(layers.map((l) => Math.hypot(...moved(l, all, [5], [key])))) / 2),
    );
  });

  it('of words: mean of rows, sum of columns, and norms of the vectors added', () => {
    const word = row({ unit: 'word', token: 2 });
    close(
      word.weights,
      WORDS.map((keys) => sum([4, 5].flatMap((q) => keys.map((key) => at(1, 2, q, key) / 2)))),
    );
    assert.ok(Math.abs(sum([...word.weights]) - 1) < 1e-6);
    close(
      word.norms,
      WORDS.map((keys) => Math.hypot(...moved(1, [2], [4, 5], keys))),
    );
    const heads = [0, 1, 2, 3];
    close(
      row({ unit: 'word', token: 2, head: 'max' }).norms,
      WORDS.map((keys) =>
        Math.max(...heads.map((h) => Math.hypot(...moved(1, [h], [4, 5], keys)))),
      ),
    );
    const column = row({ unit: 'word', direction: 'lookedAt', token: 1 });
    for (const query of WORDS.keys())
      assert.equal(column.weights[query], row({ unit: 'word', token: query }).weights[1]);
    close(
      column.norms,
      WORDS.map((queries) => Math.hypot(...moved(1, [2], queries, [1, 2, 3]))),
    );
  });

  it('of words with specials hidden: renormalised once', () => {
    const all = row({ unit: 'word', token: 2 }).weights;
    const { weights, norms, hidden } = row({ unit: 'word', token: 2, hideSpecials: true });
    assert.ok(Number.isNaN(weights[0]) && Number.isNaN(norms[0]));
    assert.ok(Math.abs(hidden - all[0]!) < 1e-6);
    close(
      weights.subarray(1),
      [1, 2, 3].map((key) => all[key]! / (1 - all[0]!)),
    );
  });

  it('matrices of words, exact and for the eye', () => {
    const address = { ...ROW, unit: 'word' } as const;
    const { direction: _, token: __, ...matrix } = address;
    const rows = ask({ name: 'matrixRows', question: { ...matrix, from: 0, to: 4 } });
    assert.deepEqual(rows.shape, [4, 4]);
    close(numbersOf(rows).subarray(8, 12), [...row({ unit: 'word', token: 2 }).weights]);
    const picture = ask({ name: 'matrix', question: matrix });
    assert.deepEqual([picture.queries, picture.keys], [4, 4]);
    assert.equal(picture.maxima[0], Math.max(...numbersOf(rows)));
    assert.throws(
      () => ask({ name: 'matrixRows', question: { ...matrix, from: 0, to: 5 } }),
      /trace\.noToken/,
    );
  });

  it('heads: causal, without a look ahead', () => {
    const profiles = ask({ name: 'heads', question: { hideSpecials: false } });
    assert.equal(profiles.length, LAYERS * HEADS);
    for (const { stack, layer, head, next, previous, first, duplicate } of profiles) {
      assert.equal(stack, 'decoder');
      assert.equal(next, null);
      const before = [1, 2, 3, 4, 5, 6].map((query) => at(layer, head, query, query - 1));
      close([previous!], [sum(before) / before.length]);
      close([first!], [sum(SOURCE.map((_, query) => at(layer, head, query, 0))) / COUNT]);
      close([duplicate!], [at(layer, head, 6, 1)]);
    }
    const [hidden] = ask({ name: 'heads', question: { hideSpecials: true } });
    close([hidden!.special!], [sum([1, 2, 3, 4, 5, 6].map((query) => at(0, 0, query, 0))) / 6]);
  });

  it('the sharpest heads from a token, and from a word', () => {
    const focus = (change: Partial<Question<'focus'>>): Answer<'focus'> =>
      ask({
        name: 'focus',
        question: {
          side: 'source',
          token: 5,
          hideSpecials: false,
          unit: 'token',
          count: 100,
          ...change,
        },
      });
    for (const [unit, token] of [
      ['token', 5],
      ['word', 2],
    ] as const) {
      const sharpest = focus({ unit, token });
      assert.equal(sharpest.length, LAYERS * HEADS);
      for (const { layer, head, key, weight, entropy } of sharpest) {
        const { weights } = row({ layer, head, unit, token });
        assert.equal(weight, Math.max(...weights));
        assert.equal(weight, weights[key]);
        const bits = sum([...weights].map((one) => (one > 0 ? -one * Math.log2(one) : 0)));
        assert.ok(Math.abs(entropy - bits) < 1e-6);
      }
    }
    assert.deepEqual(focus({ token: 0 }), [], 'the first token sees itself alone');
    assert.deepEqual(
      focus({ unit: 'word', token: 1, hideSpecials: true }),
      [],
      'so does this word',
    );
    assert.equal(focus({ token: 2, hideSpecials: true }).length, LAYERS * HEADS);
    assert.throws(() => focus({ side: 'target', token: 0 }), /trace\.noToken/, 'it writes nothing');
  });

  it('writes Python of a decoder', () => {
    const { code, value } = ask({
      name: 'python',
      question: { stack: 'decoder', layer: 1, head: 2, query: 5, key: 3 },
    });
    assert.ok(Math.abs(value - at(1, 2, 5, 3)) < 1e-7);
    assert.match(code, /input_ids = torch\.tensor\(\[\[1, 5, 6, 7, 8, 9, 5\]\]\)/);
    assert.match(code, /out\.attentions\[1\]\[0\]/);
  });

  it('says what there is not', () => {
    assert.throws(() => row({ stack: 'encoder' }), /trace\.noStack.*"known":"decoder"/);
    assert.throws(() => row({ stack: 'cross', layer: 'mean' }), /trace\.noStack/);
    assert.throws(() => row({ token: COUNT }), /trace\.noToken/, 'nothing here is not yet read');
    assert.throws(() => row({ unit: 'word', token: 4 }), /trace\.noToken.*"last":3/);
    const positions = { side: 'source', from: 0, to: 1 } as const;
    assert.throws(() => ask({ name: 'positions', question: positions }), /trace\.noPositionTable/);
  });

  it('candidates: what may follow, once it is known; none for other tasks', () => {
    const question = { token: 0 };
    assert.throws(() => ask({ name: 'candidates', question }), /trace\.awaited/);
    assert.throws(() => ask({ name: 'candidates', question: { token: COUNT } }), /trace\.noToken/);
    const labels = madeTrace(SOURCE, { task: 'tokenLabels' });
    assert.throws(
      () => answer(labels.trace, { name: 'candidates', question }),
      /trace\.noCandidates/,
    );
    labels.dispose();
  });

  it('candidates have labels, and the token that does follow is among the answers', () => {
    const tokenizer = Tokenizer.fromFiles({
      folder: 'byte-bpe',
      tokenizerJson: readFileSync('test/fixtures/tokenizers/byte-bpe/tokenizer.json', 'utf8'),
      tokenizerConfigJson: null,
    });
    const { trace, dispose } = madeTrace(SOURCE, {}, { tokenizer });
    const logits = Float32Array.from({ length: COUNT * 10 }, (_, i) => Math.sin(i));
    trace.predictions!.append(logits, 10);
    const candidatesAt = (token: number): Answer<'candidates'> =>
      answer(trace, { name: 'candidates', question: { token } }) as Answer<'candidates'>;
    const { candidates, actual } = candidatesAt(2);
    const row = [...logits.subarray(20, 30)].map(Math.exp);
    const likeliest = row.indexOf(Math.max(...row));
    assert.deepEqual([candidates.length, candidates[0]!.id], [5, likeliest]);
    assert.equal(candidates[0]!.label, candidateLabel(tokenizer, likeliest));
    assert.equal(actual!.id, SOURCE[3]!.id);
    assert.ok(Math.abs(actual!.probability - row[7]! / sum(row)) < 1e-9);
    assert.equal(candidatesAt(COUNT - 1).actual, null);
    assert.ok(trace.bytes > bytesOfPredictions(COUNT), 'they count');
    dispose();
  });
});
