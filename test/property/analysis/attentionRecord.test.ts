import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AttentionRecord } from '../../../src/analysis/attentionRecord';

/** Numbers that tell every head, query and key apart; 0 behind the query. */
function causalWeights(heads: number, queries: number, past: number): Float32Array {
  const keys = past + queries;
  return Float32Array.from({ length: heads * queries * keys }, (_, i) => {
    const [key, query] = [i % keys, past + (Math.floor(i / keys) % queries)];
    const head = Math.floor(i / (queries * keys));
    return key > query ? 0 : 1 + head + 100 * query + 10_000 * key;
  });
}

/** A record of blocks of so many queries each. */
function recordOf(heads: number, blocks: readonly number[], causal: boolean): AttentionRecord {
  const record = new AttentionRecord(heads);
  for (const queries of blocks) {
    const weights = causalWeights(heads, queries, record.queries);
    record.append(weights, queries, record.queries + queries, causal);
    weights.fill(-1); // what is given need not stay
  }
  return record;
}

const bytesOf = ({ storage }: AttentionRecord): number =>
  storage.reduce((sum, { byteLength }) => sum + byteLength, 0);

const sizes = {
  heads: fc.integer({ min: 1, max: 5 }),
  blocks: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
};

describe('a record of attention', () => {
  it('keeps of causal weights what is visible, and nothing else', () => {
    fc.assert(
      fc.property(sizes.heads, sizes.blocks, (heads, blocks) => {
        const [causal, whole] = [recordOf(heads, blocks, true), recordOf(heads, blocks, false)];
        const { queries, keys } = whole;
        assert.deepEqual([causal.queries, causal.keys], [queries, keys]);
        assert.equal(bytesOf(causal), (4 * heads * queries * (queries + 1)) / 2);
        for (let head = 0; head < heads; head++) {
          for (let query = 0; query < queries; query++) {
            const row = causal.row(head, query);
            assert.equal(row.length, query + 1);
            assert.deepEqual(row, whole.row(head, query).slice(0, query + 1));
            for (let key = 0; key < keys; key++)
              assert.equal(causal.weight(head, query, key), whole.weight(head, query, key));
          }
        }
      }),
    );
  });

  it('takes over the first queries of another, in its memory if they are most of it', () => {
    const causalOrNot = fc.boolean();
    fc.assert(
      fc.property(
        sizes.heads,
        sizes.blocks,
        causalOrNot,
        fc.nat(45),
        (heads, blocks, causal, n) => {
          const earlier = recordOf(heads, blocks, causal);
          const count = Math.min(n, earlier.queries);
          const record = new AttentionRecord(heads);
          record.adopt(earlier, count);
          assert.equal(record.queries, count);
          for (let head = 0; head < heads; head++) {
            for (let query = 0; query < count; query++) {
              const seen = record.row(head, query).subarray(0, query + 1);
              assert.deepEqual(seen, earlier.row(head, query).subarray(0, query + 1));
            }
          }
          const theirs = new Set(earlier.storage.map(({ buffer }) => buffer));
          for (const { buffer, byteLength } of record.storage)
            assert.ok(2 * byteLength >= buffer.byteLength || !theirs.has(buffer));
        },
      ),
    );
    const earlier = recordOf(2, [9], true);
    const [most, few] = [new AttentionRecord(2), new AttentionRecord(2)];
    most.adopt(earlier, 8);
    few.adopt(earlier, 4);
    assert.equal(most.storage[0]!.buffer, earlier.storage[0]!.buffer);
    assert.notEqual(few.storage[0]!.buffer, earlier.storage[0]!.buffer);
  });
});
