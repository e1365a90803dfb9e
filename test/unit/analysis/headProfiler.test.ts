import assert from 'node:assert/strict';
import type { AttendedText } from '../../../src/analysis/attendedText';
import { AttentionRecord } from '../../../src/analysis/attentionRecord';
import { HeadProfiler, type HeadMeasures } from '../../../src/analysis/headProfiler';
import { RowMeasures } from '../../../src/analysis/rowMeasures';

const profileOf = (profiler: HeadProfiler, record: AttentionRecord, head = 0): HeadMeasures =>
  RowMeasures.of(profiler, record, null).means()[head]!;

/** A text of tokens that differ, the ones at `specials` special. */
const text = (ids: readonly number[], specials: readonly number[] = []): AttendedText => ({
  ids,
  special: ids.map((_, place) => specials.includes(place)),
});

/** One head with these rows. */
function oneHead(rows: readonly (readonly number[])[]): AttentionRecord {
  const record = new AttentionRecord(1);
  record.append(Float32Array.from(rows.flat()), rows.length, rows[0]!.length);
  return record;
}

/** The same, grown by a query and a key a step as a decoder's is. */
function grown(rows: readonly (readonly number[])[]): AttentionRecord {
  const record = new AttentionRecord(1);
  for (const row of rows) record.append(Float32Array.from(row), 1, row.length);
  return record;
}

/** Rows `[query][key]` with weight 1 where `at(query)` says. */
const pointing = (size: number, at: (query: number) => number): number[][] =>
  Array.from({ length: size }, (_, query) =>
    Array.from({ length: size }, (_unused, key) => (key === at(query) ? 1 : 0)),
  );

const uniform = (queries: number, keys: number): number[][] =>
  Array.from({ length: queries }, () => Array<number>(keys).fill(1 / keys));

const encoder = (
  rows: readonly (readonly number[])[],
  shown: AttendedText,
  hideSpecials = false,
): HeadMeasures =>
  profileOf(
    new HeadProfiler({ stack: 'encoder', queries: shown, keys: shown, hideSpecials }),
    oneHead(rows),
  );

const near = (actual: number | null, expected: number): void =>
  assert.ok(actual !== null && Math.abs(actual - expected) < 1e-6, `${actual} ≠ ${expected}`);

const FIVE = text([10, 11, 12, 13, 14]);

describe('what a head does', () => {
  it('a previous-token head looks one back, and its first row elsewhere', () => {
    const measures = encoder(
      pointing(5, (query) => Math.max(0, query - 1)),
      FIVE,
    );
    assert.equal(measures.entropy, 0);
    assert.equal(measures.previous, 1, 'query 0 has no previous token and does not count');
    assert.equal(measures.next, 0);
    assert.equal(measures.self, 1 / 5);
    assert.equal(measures.first, 2 / 5);
    assert.equal(measures.special, 0);
    assert.equal(measures.distance, 4 / 5);
    assert.equal(measures.duplicate, null, 'nothing is repeated');
  });

  it('a next-token head: the last query has none and does not count', () => {
    const measures = encoder(
      pointing(5, (query) => Math.min(4, query + 1)),
      FIVE,
    );
    assert.equal(measures.next, 1);
    assert.equal(measures.previous, 0);
    assert.equal(measures.self, 1 / 5);
  });

  it('a head on itself, and one on the first token', () => {
    const self = encoder(
      pointing(5, (query) => query),
      FIVE,
    );
    assert.deepEqual([self.self, self.distance, self.entropy], [1, 0, 0]);
    const first = encoder(
      pointing(5, () => 0),
      FIVE,
    );
    assert.deepEqual([first.first, first.distance], [1, (0 + 1 + 2 + 3 + 4) / 5]);
  });

  it('a head that looks at all alike: log₂ n bits', () => {
    for (const size of [2, 3, 7, 64]) {
      const ids = Array.from({ length: size }, (_, id) => id);
      near(encoder(uniform(size, size), text(ids)).entropy, Math.log2(size));
    }
    const measures = encoder(uniform(5, 5), FIVE);
    near(measures.self, 1 / 5);
    // Σ|q − k| over 25 pairs is 40.
    near(measures.distance, 40 / 25);
  });

  it('other occurrences of the same token, over the queries that have one', () => {
    const repeated = text([7, 8, 7, 9, 7]);
    const to = [2, 1, 4, 0, 4];
    const measures = encoder(
      pointing(5, (query) => to[query]!),
      repeated,
    );
    // Queries 0, 2 and 4 have one: 0 → 2 and 2 → 4 look at it, 4 looks at itself.
    near(measures.duplicate, 2 / 3);
    near(encoder(uniform(5, 5), repeated).duplicate, 2 / 5);
  });

  it('a special token that is repeated is no repetition', () => {
    assert.equal(encoder(uniform(4, 4), text([1, 5, 6, 1], [0, 3])).duplicate, null);
  });

  it('with specials shown they are keys and queries like any other', () => {
    const bracketed = text([1, 5, 6, 2], [0, 3]);
    const measures = encoder(uniform(4, 4), bracketed);
    near(measures.entropy, 2);
    near(measures.special, 0.5);
    near(measures.first, 0.25);
  });

  it('with specials hidden: ordinary queries, renormalised over ordinary keys', () => {
    const bracketed = text([1, 5, 6, 7, 2], [0, 4]);
    const rows = [
      [1, 0, 0, 0, 0],
      [0.6, 0.1, 0.1, 0.2, 0],
      [0, 0.5, 0, 0, 0.5],
      [0.25, 0, 0.25, 0.25, 0.25],
      [0, 0, 0, 0, 1],
    ];
    const measures = encoder(rows, bracketed, true);
    near(measures.entropy, (1.5 + 0 + 1) / 3);
    near(measures.special, (0.6 + 0.5 + 0.5) / 3);
    near(measures.first, (0.25 + 1 + 0) / 3);
    near(measures.self, (0.25 + 0 + 0.5) / 3);
    // Of query 1 the token before is hidden, of query 3 the one after.
    near(measures.previous, (1 + 0.5) / 2);
    near(measures.next, (0.25 + 0) / 2);
    near(measures.distance, (0.25 + 2 * 0.5 + 1 + 0.5) / 3);
  });

  it('a row that looks at hidden tokens alone counts for these only', () => {
    const bracketed = text([1, 5, 6], [0]);
    const rows = [
      [1, 0, 0],
      [1, 0, 0],
      [0, 0.5, 0.5],
    ];
    const measures = encoder(rows, bracketed, true);
    near(measures.special, 0.5);
    near(measures.entropy, 1);
    near(measures.self, 0.5);
    const empty = encoder(
      pointing(3, () => 0),
      bracketed,
      true,
    );
    assert.deepEqual(
      [empty.entropy, empty.first, empty.previous, empty.distance],
      [null, null, null, null],
    );
    assert.equal(empty.special, 1);
  });

  it('a text of special tokens only has nothing to measure while they are hidden', () => {
    const measures = encoder(uniform(2, 2), text([1, 2], [0, 1]), true);
    assert.ok(Object.values(measures).every((value) => value === null));
  });

  it('a decoder has no future: no next token, repetitions only before', () => {
    const written = text([0, 5, 6, 5, 99]);
    const rows = [[1], [0, 1], [0.5, 0.5, 0], [0, 0.75, 0.25, 0]];
    const measure = (record: AttentionRecord): HeadMeasures =>
      profileOf(
        new HeadProfiler({
          stack: 'decoder',
          queries: written,
          keys: written,
          hideSpecials: false,
        }),
        record,
      );
    const measures = measure(grown(rows));
    assert.equal(measures.next, null);
    near(measures.duplicate, 0.75);
    near(measures.previous, (0 + 0.5 + 0.25) / 3);
    near(measures.self, (1 + 1 + 0 + 0) / 4);
    // One pass over a given output leaves the same rows with zeros for what comes later.
    const filled = rows.map((row) => Array.from({ length: 4 }, (_, key) => row[key] ?? 0));
    assert.deepEqual(measure(oneHead(filled)), measures);
  });

  it('across two texts only what needs no common positions', () => {
    const profiler = new HeadProfiler({
      stack: 'cross',
      queries: text([0, 5, 6], [0]),
      keys: text([1, 5, 6, 2], [0, 3]),
      hideSpecials: true,
    });
    const rows = [
      [1, 0, 0, 0],
      [0.5, 0.25, 0.25, 0],
      [0, 1, 0, 0],
    ];
    const measures = profileOf(profiler, oneHead(rows));
    near(measures.entropy, 0.5);
    near(measures.first, 0.75);
    near(measures.special, 0.25);
    const { previous, next, self, distance, duplicate } = measures;
    assert.deepEqual([previous, next, self, distance, duplicate], [null, null, null, null, null]);
  });

  it('takes each head for itself', () => {
    const record = new AttentionRecord(2);
    record.append(Float32Array.of(1, 0, 0, 1, 0, 1, 1, 0), 2, 2);
    const two = text([5, 6]);
    const setting = { stack: 'encoder', queries: two, keys: two, hideSpecials: false } as const;
    const profiler = new HeadProfiler(setting);
    assert.deepEqual(
      [0, 1].map((head) => profileOf(profiler, record, head).self),
      [1, 0],
    );
  });
});
