import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { AttentionRecord } from '../../../src/analysis/attentionRecord';
import {
  lookedAt,
  looksAt,
  matrixRows,
  sizeOf,
  wholeView,
  type MatrixSelection,
} from '../../../src/analysis/attentionMatrix';
import { groupsRead, type TokenGroup } from '../../../src/analysis/tokenGroup';

/** Float32 rows, some summed. */
const SLACK = 2e-6;
const MOST = 7;

/** Groups that follow one another, of 1 to 3 tokens each, special or not as a whole. */
const words = fc
  .array(fc.record({ length: fc.integer({ min: 1, max: 3 }), special: fc.boolean() }), {
    minLength: 1,
    maxLength: MOST,
  })
  .map((made) => {
    let next = 0;
    const groups = made.map(({ length }): TokenGroup => {
      const first = next;
      next += length;
      return { first, last: next - 1 };
    });
    const ofWords = made.map(({ special }) => special);
    const ofTokens = made.flatMap(({ length, special }) => Array<boolean>(length).fill(special));
    return { groups, ofWords, ofTokens, tokens: next };
  });

/** One layer or two of softmax-like heads between two such texts. */
const setting = fc
  .record({
    queries: words,
    keys: words,
    heads: fc.integer({ min: 1, max: 3 }),
    layers: fc.integer({ min: 1, max: 2 }),
    seed: fc.array(fc.float({ min: Math.fround(0.01), max: 1, noNaN: true }), {
      minLength: 31,
      maxLength: 31,
    }),
  })
  .map(({ queries, keys, heads, layers, seed }) => {
    let drawn = 0;
    const records = Array.from({ length: layers }, () => {
      const weights = new Float32Array(heads * queries.tokens * keys.tokens);
      for (let start = 0; start < weights.length; start += keys.tokens) {
        const row = weights.subarray(start, start + keys.tokens);
        // 31 is prime, so that no two rows repeat one another.
        for (let key = 0; key < row.length; key++) row[key] = seed[drawn++ % seed.length]!;
        const sum = row.reduce((total, weight) => total + weight, 0);
        for (let key = 0; key < row.length; key++) row[key]! /= sum;
      }
      const record = new AttentionRecord(heads);
      record.append(weights, queries.tokens, keys.tokens);
      return record;
    });
    const groups = { queries: queries.groups, keys: keys.groups };
    return { queries, keys, heads, layers: records, groups };
  });
type Setting = typeof setting extends fc.Arbitrary<infer T> ? T : never;

const hideWords = ({ queries, keys }: Setting): MatrixSelection['hide'] => ({
  queries: queries.ofWords,
  keys: keys.ofWords,
});
const shownOf = (weights: Float32Array): number[] =>
  [...weights].filter((weight) => !Number.isNaN(weight));
const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

/** Merges rows that came out of the matrix of tokens: a second way, key by key. */
function merge(rows: readonly Float32Array[], keys: readonly TokenGroup[]): number[] {
  return keys.map(
    ({ first, last }) =>
      sumOf(rows.map((row) => sumOf([...row.slice(first, last + 1)]))) / rows.length,
  );
}
const maxAbs = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (one, i) => Math.abs(one - b[i]!)));
const tokensOf = ({ first, last }: TokenGroup): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

describe('rows of words', () => {
  it('sum to 1, of heads and means, with special words hidden too', () => {
    fc.assert(
      fc.property(setting, fc.constantFrom('mean' as const, 0), (made, head) => {
        for (const hide of [null, hideWords(made)]) {
          const matrix = { layers: made.layers, head, hide, groups: made.groups };
          assert.deepEqual(sizeOf(matrix), {
            queries: made.groups.queries.length,
            keys: made.groups.keys.length,
          });
          for (const query of made.groups.queries.keys()) {
            const shown = shownOf(looksAt(matrix, query).weights);
            if (shown.length === 0) assert.ok(made.keys.ofWords.every(Boolean));
            else assert.ok(Math.abs(sumOf(shown) - 1) < 1e-5, String(sumOf(shown)));
          }
        }
      }),
    );
  });

  it('of words of one token each are the rows of the tokens, bit by bit', () => {
    fc.assert(
      fc.property(setting, fc.constantFrom('mean' as const, 'max' as const, 0), (made, head) => {
        const alone = (count: number): TokenGroup[] =>
          Array.from({ length: count }, (_, token) => ({ first: token, last: token }));
        const groups = { queries: alone(made.queries.tokens), keys: alone(made.keys.tokens) };
        const special = { queries: made.queries.ofTokens, keys: made.keys.ofTokens };
        for (const hide of [null, special]) {
          const byToken = { layers: made.layers, head, hide, groups: null };
          const byWord = { ...byToken, groups };
          const { queries } = sizeOf(byToken);
          assert.deepEqual(matrixRows(byWord, 0, queries), matrixRows(byToken, 0, queries));
          assert.deepEqual(lookedAt(byWord, 0), lookedAt(byToken, 0));
        }
      }),
    );
  });

  it('merging commutes with the means over heads and layers', () => {
    fc.assert(
      fc.property(setting, (made) => {
        const row = (layers: readonly AttentionRecord[], head: 'mean' | number, query: number) =>
          looksAt({ layers, head, hide: null, groups: made.groups }, query).weights;
        for (const query of made.groups.queries.keys()) {
          const mean = row(made.layers, 'mean', query);
          const each = made.layers.flatMap((layer) =>
            Array.from({ length: made.heads }, (_, head) => row([layer], head, query)),
          );
          const ofEach = mean.map((_, key) => sumOf(each.map((one) => one[key]!)) / each.length);
          assert.ok(maxAbs(mean, ofEach) < SLACK);
        }
      }),
    );
  });

  it('hiding, then merging, is merging, then hiding: renormalised once, at the end', () => {
    fc.assert(
      fc.property(setting, fc.constantFrom('mean' as const, 0), (made, head) => {
        const { layers, groups, keys } = made;
        const merged = { layers, head, hide: hideWords(made), groups };
        const byToken = { layers, head, ...wholeView };
        for (const [query, group] of groups.queries.entries()) {
          const { weights, hidden } = looksAt(merged, query);
          const without = tokensOf(group).map((token) =>
            looksAt(byToken, token).weights.map((one, key) => (keys.ofTokens[key] ? 0 : one)),
          );
          const mergedAfter = merge(without, groups.keys);
          const shown = sumOf(mergedAfter);
          if (shown === 0) continue;
          const wanted = mergedAfter.map((one, key) =>
            keys.ofWords[key] ? Number.NaN : one / shown,
          );
          for (const [key, weight] of weights.entries()) {
            if (keys.ofWords[key]) assert.ok(Number.isNaN(weight));
            else assert.ok(Math.abs(weight - wanted[key]!) < SLACK, `${weight} ≠ ${wanted[key]}`);
          }
          assert.ok(Math.abs(hidden - (1 - shown)) < SLACK, `${hidden} ≠ ${1 - shown}`);
        }
      }),
    );
  });

  it('are means of their tokens’ rows, and columns are of the same matrix', () => {
    fc.assert(
      fc.property(setting, fc.constantFrom('mean' as const, 'max' as const, 0), (made, head) => {
        const { layers, groups } = made;
        const matrix = { layers, head, hide: null, groups };
        const byToken = { layers, head, ...wholeView };
        const rows = matrixRows(matrix, 0, groups.queries.length);
        const width = groups.keys.length;
        for (const [query, group] of groups.queries.entries()) {
          const wanted = merge(
            tokensOf(group).map((token) => looksAt(byToken, token).weights),
            groups.keys,
          );
          assert.ok(maxAbs(rows.subarray(query * width, (query + 1) * width), wanted) < SLACK);
        }
        for (const key of groups.keys.keys()) {
          const column = lookedAt(matrix, key).weights;
          for (const query of groups.queries.keys())
            assert.equal(column[query], rows[query * width + key]);
        }
      }),
    );
  });

  it('of a text still being written reach as far as it was read', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 3 * MOST }), ({ groups, tokens }, wanted) => {
        const count = Math.min(wanted, tokens);
        const read = groupsRead(groups, count);
        assert.equal(read.at(-1)!.last, count - 1);
        assert.deepEqual(read.flatMap(tokensOf), [...Array(count).keys()]);
        for (const [index, { first }] of read.entries()) assert.equal(first, groups[index]!.first);
      }),
    );
  });
});

describe('the mean of layers of which the deeper are a query behind', () => {
  it('is that of the queries all have read', () => {
    const ahead = new AttentionRecord(1);
    ahead.append(Float32Array.of(1), 1, 1);
    ahead.append(Float32Array.of(0.5, 0.5), 1, 2);
    const behind = new AttentionRecord(1);
    behind.append(Float32Array.of(1), 1, 1);
    const matrix = { layers: [ahead, behind], head: 'mean', ...wholeView } as const;
    assert.deepEqual(sizeOf(matrix), { queries: 1, keys: 1 });
    assert.deepEqual([...looksAt(matrix, 0).weights], [1]);
  });
});
