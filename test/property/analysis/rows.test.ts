import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { AttentionRecord } from '../../../src/analysis/attentionRecord';
import { lookedAt, looksAt, matrixRows, wholeView } from '../../../src/analysis/attentionMatrix';
import { codeMatrix } from '../../../src/analysis/picture';

/** A softmax-like record of some heads, queries and keys. */
const record = fc
  .record({
    heads: fc.integer({ min: 1, max: 4 }),
    queries: fc.integer({ min: 1, max: 6 }),
    keys: fc.integer({ min: 1, max: 6 }),
  })
  .chain((size) =>
    fc
      .array(fc.float({ min: Math.fround(0.001), max: 1, noNaN: true }), {
        minLength: size.heads * size.queries * size.keys,
        maxLength: size.heads * size.queries * size.keys,
      })
      .map((raw) => {
        const weights = Float32Array.from(raw);
        for (let row = 0; row < size.heads * size.queries; row++) {
          const slice = weights.subarray(row * size.keys, (row + 1) * size.keys);
          const sum = slice.reduce((total, weight) => total + weight, 0);
          slice.forEach((weight, key) => (slice[key] = weight / sum));
        }
        const made = new AttentionRecord(size.heads);
        made.append(weights, size.queries, size.keys);
        return made;
      }),
  );
const head = fc.oneof(fc.constant('mean' as const), fc.constant(0));

describe('rows of attention', () => {
  it('of a head or a mean sum to 1, with special tokens hidden too', () => {
    fc.assert(
      fc.property(
        record,
        head,
        fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
        (made, chosen, special) => {
          const keys = special.slice(0, made.keys);
          const hide = { queries: Array<boolean>(made.queries).fill(false), keys };
          for (let query = 0; query < made.queries; query++) {
            for (const matrix of [
              { layers: [made], head: chosen, ...wholeView },
              { layers: [made, made], head: chosen, hide, groups: null },
            ]) {
              const { weights, hidden } = looksAt(matrix, query);
              const shown = weights.filter((weight) => !Number.isNaN(weight));
              if (shown.length === 0) continue;
              assert.ok(Math.abs(shown.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-5);
              assert.ok(hidden >= 0 && hidden <= 1);
            }
          }
        },
      ),
    );
  });

  it('and columns are one matrix', () => {
    fc.assert(
      fc.property(record, fc.oneof(head, fc.constant('max' as const)), (made, chosen) => {
        const matrix = { layers: [made], head: chosen, ...wholeView };
        const all = matrixRows(matrix, 0, made.queries);
        for (let key = 0; key < made.keys; key++) {
          const column = lookedAt(matrix, key).weights;
          for (let query = 0; query < made.queries; query++) {
            assert.equal(column[query], all[query * made.keys + key]);
          }
        }
      }),
    );
  });

  it('grow by a query a step without changing what was there', () => {
    const grown = new AttentionRecord(2);
    grown.append(Float32Array.of(1, 1), 1, 1);
    grown.append(Float32Array.of(0.25, 0.75, 0.5, 0.5), 1, 2);
    assert.deepEqual([grown.queries, grown.keys], [2, 2]);
    assert.deepEqual([...grown.row(1, 0)], [1]);
    assert.equal(grown.weight(0, 1, 1), 0.75);
    assert.equal(grown.weight(0, 0, 1), 0, 'the future weighs nothing');
    assert.deepEqual(
      [...matrixRows({ layers: [grown], head: 0, ...wholeView }, 0, 2)],
      [1, 0, 0.25, 0.75],
    );
  });
});

describe('pictures', () => {
  it('keep the largest weight of what a pixel covers, within half a step of its code', () => {
    const weight = fc.float({ min: 0, max: 1, noNaN: true });
    const matrix = fc.array(fc.array(weight, { minLength: 7, maxLength: 7 }), {
      minLength: 1,
      maxLength: 9,
    });
    fc.assert(
      fc.property(matrix, fc.integer({ min: 1, max: 8 }), (rows, limit) => {
        const {
          rows: height,
          columns,
          maximum,
          bytes,
        } = codeMatrix((q) => Float32Array.from(rows[q]!), rows.length, 7, limit);
        assert.equal(height, Math.min(limit, rows.length));
        assert.equal(maximum, Math.fround(Math.max(...rows.flat())));
        if (maximum === 0) return;
        for (const [query, row] of rows.entries()) {
          for (const [key, value] of row.entries()) {
            const pixel =
              Math.floor((query * height) / rows.length) * columns +
              Math.floor((key * columns) / 7);
            const level = 255 * Math.sqrt(value / maximum);
            assert.ok(bytes[pixel]! >= level - 0.51, 'no weight shows darker than it is');
          }
        }
        assert.ok(bytes.includes(255), 'the maximum is in the picture');
      }),
    );
  });

  it('show nothing of hidden weights, and go by those shown', () => {
    const rows = [Float32Array.of(0.25, Number.NaN, 0), Float32Array.of(Number.NaN, Number.NaN, 1)];
    const { bytes, maximum } = codeMatrix((query) => rows[query]!, 2, 3, 3);
    assert.equal(maximum, 1);
    assert.deepEqual([...bytes], [128, 0, 0, 0, 0, 255]);
    assert.equal(codeMatrix(() => Float32Array.of(Number.NaN), 1, 1, 1).maximum, 0);
  });
});
