import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { AttentionRecord } from '../../../src/analysis/attentionRecord';
import { binaryLogarithm } from '../../../src/analysis/binaryLogarithm';
import { headFocus } from '../../../src/analysis/headFocus';
import {
  HeadProfiler,
  type HeadMeasures,
  type ProfiledTexts,
} from '../../../src/analysis/headProfiler';
import { hideSpecials } from '../../../src/analysis/hideSpecials';
import { RowMeasures } from '../../../src/analysis/rowMeasures';
import { rowEntropy } from '../../../src/analysis/rowEntropy';

const stack = fc.constantFrom('encoder', 'decoder', 'cross');
const MOST = 7;

const profileOf = (texts: ProfiledTexts, record: AttentionRecord): HeadMeasures =>
  RowMeasures.of(new HeadProfiler(texts), record, null).means()[0]!;

/** A softmax-like head over small texts in which tokens repeat; a decoder's sees no future. */
const head = fc
  .record({
    stack,
    queries: fc.integer({ min: 1, max: MOST }),
    keys: fc.integer({ min: 1, max: MOST }),
    ids: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: MOST, maxLength: MOST }),
    special: fc.array(fc.boolean(), { minLength: MOST, maxLength: MOST }),
    hide: fc.boolean(),
    raw: fc.array(fc.double({ min: -20, max: 3, noNaN: true }), {
      minLength: MOST * MOST,
      maxLength: MOST * MOST,
    }),
  })
  .map((made) => {
    const keys = made.stack === 'cross' ? made.keys : made.queries;
    const rows = Array.from({ length: made.queries }, (_, query) => {
      const seen = made.stack === 'decoder' ? query + 1 : keys;
      const exponentials = made.raw.slice(query * MOST, query * MOST + seen).map(Math.exp);
      const sum = exponentials.reduce((total, one) => total + one, 0);
      return exponentials.map((one) => Math.fround(one / sum));
    });
    const record = new AttentionRecord(1);
    if (made.stack === 'decoder')
      for (const row of rows) record.append(Float32Array.from(row), 1, row.length);
    else record.append(Float32Array.from(rows.flat()), made.queries, keys);
    const textOf = (length: number): { ids: number[]; special: boolean[] } => ({
      ids: made.ids.slice(0, length),
      special: made.special.slice(0, length),
    });
    return {
      ...made,
      record,
      rows,
      texts: {
        stack: made.stack,
        queries: textOf(made.queries),
        keys: textOf(keys),
        hideSpecials: made.hide,
      },
    };
  });

/** Float32 rows sum to 1 within this. */
const SLACK = 1e-6;

describe('measures of heads', () => {
  it('are shares, and entropies between 0 and log₂ of the keys', () => {
    fc.assert(
      fc.property(head, ({ texts, record }) => {
        const { entropy, distance, ...shares } = profileOf(texts, record);
        for (const [name, share] of Object.entries(shares)) {
          if (share !== null) assert.ok(share >= 0 && share <= 1 + SLACK, `${name} ${share}`);
        }
        const shown = texts.keys.special.filter((special) => !(texts.hideSpecials && special));
        if (entropy !== null) {
          assert.ok(entropy >= 0 && entropy <= Math.log2(shown.length) + SLACK, String(entropy));
        }
        if (distance !== null) assert.ok(distance >= 0 && distance <= record.keys - 1 + SLACK);
        const { previous, next, self } = shares;
        if (texts.stack === 'cross') assert.deepEqual([previous, next, self], [null, null, null]);
        if (texts.stack === 'decoder') assert.equal(next, null);
      }),
    );
  });

  it('of two tokens: previous, next and self are all there is', () => {
    const two = fc.tuple(...[0, 1].map(() => fc.float({ min: 0, max: 1, noNaN: true })));
    fc.assert(
      fc.property(two, ([a = 0, b = 0]) => {
        const record = new AttentionRecord(1);
        record.append(Float32Array.of(1 - a, a, b, 1 - b), 2, 2);
        const text = { ids: [4, 4], special: [false, false] };
        const setting = {
          stack: 'encoder',
          queries: text,
          keys: text,
          hideSpecials: false,
        } as const;
        const measures = profileOf(setting, record);
        assert.equal(measures.next, a);
        assert.equal(measures.previous, b);
        assert.ok(Math.abs(measures.duplicate! - (a + b) / 2) < SLACK);
        assert.ok(Math.abs(measures.distance! - (a + b) / 2) < SLACK);
        assert.ok(Math.abs(measures.self! + measures.duplicate! - 1) < SLACK);
      }),
    );
  });

  it('are means of what single rows say', () => {
    fc.assert(
      fc.property(head, ({ texts, record }) => {
        const { hideSpecials: hidden, queries, keys } = texts;
        const hide = hidden ? { queries: queries.special, keys: keys.special } : null;
        const rows = queries.ids.flatMap((_, query) => {
          if (hidden && queries.special[query]) return [];
          return headFocus(record, 0, query, { hide, groups: null }) ?? [];
        });
        const { entropy } = profileOf(texts, record);
        if (rows.length === 0) return assert.equal(entropy, null);
        const mean = rows.reduce((sum, row) => sum + row.entropy, 0) / rows.length;
        assert.ok(Math.abs(entropy! - mean) < 1e-12, `${entropy} ≠ ${mean}`);
      }),
    );
  });
});

describe('entropy of a row', () => {
  it('is −Σ α log₂ α of what is shown', () => {
    fc.assert(
      fc.property(head, fc.nat(), ({ rows, special, hide }, n) => {
        const row = Float32Array.from(rows[n % rows.length]!);
        const shown = hide ? hideSpecials(row, special, 0).weights : row;
        let sum = 0;
        for (const weight of shown) if (weight > 0) sum -= weight * Math.log2(weight);
        const entropy = rowEntropy(shown);
        if (entropy === null) assert.ok(!shown.some((weight) => weight > 0));
        else assert.ok(Math.abs(entropy - Math.max(0, sum)) < 1e-10, `${entropy} ≠ ${sum}`);
      }),
    );
  });

  it('takes logarithms of all positive normal numbers within 1e-11', () => {
    const bits = new Int32Array(1);
    const number = new Float32Array(bits.buffer);
    fc.assert(
      fc.property(fc.integer({ min: 0x0080_0000, max: 0x7f7f_ffff }), (pattern) => {
        bits[0] = pattern;
        const error = Math.abs(binaryLogarithm(pattern) - Math.log2(number[0]!));
        assert.ok(error < 1e-11, `log₂ ${number[0]} is ${error} off`);
      }),
      { numRuns: 2000 },
    );
  });
});
