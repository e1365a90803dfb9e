import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Failure } from '../../../src/failure/failure';
import { sampler, type Sampling } from '../../../src/transformer/generate/sampler';
import { SeededDraws } from '../../../src/transformer/generate/seededDraws';

const PLAIN: Sampling = { temperature: 1, topK: null, topP: null, seed: 1 };
const DRAWS = 20_000;

/** Σ (observed − expected)² ÷ expected. */
function chiSquare(observed: ArrayLike<number>, expected: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < expected.length; i++)
    sum += (observed[i]! - expected[i]!) ** 2 / expected[i]!;
  return sum;
}

/** Beyond this a chi-square of so many degrees of freedom comes up once in 10⁴ times (Wilson, Hilferty 1931). */
const bound = (freedom: number): number =>
  freedom * (1 - 2 / (9 * freedom) + 3.719 * Math.sqrt(2 / (9 * freedom))) ** 3;

function counts(from: number, to: number, values: readonly number[]): number[] {
  const all = Array<number>(to - from).fill(0);
  for (const value of values) all[value - from]!++;
  return all;
}

describe('seeded draws', () => {
  it('are those of sfc32', () => {
    // Of the state (0, 0x89abcdef, 0x01234567) after 15 rounds: 0x35e05b54, 0x4c627ca1, 0x33a043e2, 0xb6113c67.
    const draws = new SeededDraws(0x89abcdef, 0x01234567);
    const double = (high: number, low: number) => ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
    assert.equal(draws.at(0), double(0x35e05b54, 0x4c627ca1));
    assert.equal(draws.at(1), double(0x33a043e2, 0xb6113c67));
  });

  it('have places: the order of asking changes nothing', () => {
    const forwards = new SeededDraws(7, 0);
    const backwards = new SeededDraws(7, 0);
    const last = backwards.at(50);
    const all = Array.from({ length: 51 }, (_, place) => forwards.at(place));
    assert.equal(all[50], last);
    assert.deepEqual(
      all,
      all.map((_, place) => backwards.at(place)),
    );
    assert.equal(new Set(all).size, 51);
  });

  it('are spread evenly: along a sequence, over seeds in a row, over streams', () => {
    const CELLS = 64;
    const ways: Record<string, (i: number) => number> = {
      places: (
        (draws) => (i) =>
          draws.at(i)
      )(new SeededDraws(1, 0)),
      seeds: (seed) => new SeededDraws(seed, 0).at(0),
      streams: (stream) => new SeededDraws(1, stream).at(0),
    };
    for (const [way, draw] of Object.entries(ways)) {
      const cells = Array.from({ length: DRAWS }, (_, i) => Math.floor(draw(i) * CELLS));
      const expected = Array<number>(CELLS).fill(DRAWS / CELLS);
      assert.ok(chiSquare(counts(0, CELLS, cells), expected) < bound(CELLS - 1), way);
      // Neighbours have nothing to do with each other.
      const pairs = cells.map((cell, i) => (cell >> 3) * 8 + (cells[(i + 1) % DRAWS]! >> 3));
      assert.ok(chiSquare(counts(0, CELLS, pairs), expected) < bound(CELLS - 1), `${way}: pairs`);
    }
  });
});

const logits = fc
  .array(
    fc.oneof(
      { weight: 1, arbitrary: fc.constant(Number.NEGATIVE_INFINITY) },
      { weight: 5, arbitrary: fc.float({ min: -20, max: 20, noNaN: true }) },
    ),
    { minLength: 1, maxLength: 60 },
  )
  .filter((all) => all.some(Number.isFinite));
const sampling = fc.record({
  temperature: fc.double({ min: 0.05, max: 5, noNaN: true }),
  topK: fc.option(fc.integer({ min: 1, max: 70 })),
  topP: fc.option(fc.double({ min: 0.01, max: 1, noNaN: true })),
  seed: fc.nat(2 ** 32 - 1),
});

describe('a sampler', () => {
  it('draws what its cuts leave: the likeliest, as they were but for the temperature', () => {
    fc.assert(
      fc.property(logits, sampling, fc.nat(30), (row, settings, position) => {
        const chooser = sampler(settings);
        const scores = Float32Array.from(row);
        chooser.narrow(scores);
        const left = [...scores.keys()].filter((id) => scores[id]! > -Infinity);
        const cut = [...scores.keys()].filter((id) => !(scores[id]! > -Infinity));
        assert.ok(left.length >= 1);
        const least = Math.min(...left.map((id) => row[id]!));
        const divisor = settings.temperature === 1 ? 1 : Math.fround(settings.temperature);
        for (const id of left) assert.equal(scores[id], Math.fround(row[id]! / divisor));
        for (const id of cut) assert.ok(row[id]! <= least);
        assert.ok(left.includes(chooser.choose(scores, position, 0)));
        const again = sampler(settings);
        assert.equal(again.choose(scores, position, 0), chooser.choose(scores, position, 0));
      }),
      { numRuns: 500 },
    );
  });

  it('leaves of a nucleus no more than is needed for its share', () => {
    fc.assert(
      fc.property(logits, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (row, topP) => {
        const scores = Float32Array.from(row);
        const powers = Float64Array.from(scores, (score) => Math.exp(score));
        const total = powers.reduce((sum, power) => sum + power, 0);
        sampler({ ...PLAIN, topP }).narrow(scores);
        const kept = [...powers.keys()].filter((id) => scores[id]! > -Infinity);
        const share = kept.reduce((sum, id) => sum + powers[id]!, 0) / total;
        const least = Math.min(...kept.map((id) => powers[id]!)) / total;
        assert.ok(share >= topP - 1e-6, 'enough');
        assert.ok(kept.length === 1 || share - least <= topP + 1e-6, 'no more');
      }),
      { numRuns: 500 },
    );
  });

  it('leaves the likeliest of any share, and draws it', () => {
    const scores = Float32Array.of(0, 3, 1, 2);
    const chooser = sampler({ ...PLAIN, topP: 1e-9 });
    chooser.narrow(scores);
    assert.deepEqual([...scores], [-Infinity, 3, -Infinity, -Infinity]);
    assert.equal(chooser.choose(scores, 0, 0), 1);
  });

  it('draws the likeliest at temperatures that no quotient stands', () => {
    for (const temperature of [1e-37, 1e-45, Number.MIN_VALUE]) {
      const chooser = sampler({ ...PLAIN, temperature });
      const scores = Float32Array.of(0, 300, 20, -Infinity, -300);
      chooser.narrow(scores);
      assert.equal(chooser.choose(scores, 0, 0), 1, `${temperature}`);
      const below = Float32Array.of(-40, -300);
      chooser.narrow(below);
      assert.equal(chooser.choose(below, 0, 0), 0, `${temperature}`);
    }
  });

  it('draws as often as the softmax says', () => {
    const row = Float32Array.of(1.5, -0.5, 0, -Infinity, 2, 1, -1, 0.25);
    for (const [temperature, seed] of [
      [1, 1],
      [0.5, 2],
      [3, 3],
    ] as const) {
      const chooser = sampler({ ...PLAIN, temperature, seed });
      const scores = row.slice();
      chooser.narrow(scores);
      const powers = Array.from(row, (logit) => Math.exp(logit / temperature));
      const total = powers.reduce((sum, power) => sum + power, 0);
      const possible = [...row.keys()].filter((id) => powers[id]! > 0);
      const drawn = Array.from({ length: DRAWS }, (_, place) => chooser.choose(scores, place, 0));
      const all = counts(0, row.length, drawn);
      assert.equal(all[3], 0);
      const observed = possible.map((id) => all[id]!);
      const expected = possible.map((id) => (DRAWS * powers[id]!) / total);
      assert.ok(chiSquare(observed, expected) < bound(possible.length - 1), `${temperature}`);
    }
  });

  it('draws alike with the same seed, otherwise with another, and otherwise in another row', () => {
    const row = new Float32Array(50);
    const drawnBy = (seed: number, batchRow: number): number[] => {
      const chooser = sampler({ ...PLAIN, seed });
      return Array.from({ length: 40 }, (_, place) => chooser.choose(row, place, batchRow));
    };
    assert.deepEqual(drawnBy(5, 0), drawnBy(5, 0));
    const others = [drawnBy(5, 0), drawnBy(6, 0), drawnBy(5, 1), drawnBy(2 ** 32 - 1, 0)];
    assert.equal(new Set(others.map((ids) => ids.join())).size, others.length);
    // What was drawn when this was written: a seed means the same in every later version.
    assert.deepEqual(drawnBy(5, 0).slice(0, 8), [40, 3, 25, 29, 48, 20, 23, 23]);
  });

  it('refuses scores that are no numbers, and none at all', () => {
    const choose = (...scores: number[]) => sampler(PLAIN).choose(Float32Array.from(scores), 4, 0);
    const fails = (code: string) => (error: unknown) =>
      error instanceof Failure && error.code === code;
    assert.throws(() => choose(0, Number.NaN), fails('model.notNumbers'));
    assert.throws(() => choose(0, Number.POSITIVE_INFINITY), fails('model.notNumbers'));
    assert.throws(() => choose(-Infinity, -Infinity), fails('generation.noChoice'));
  });

  it('cuts scores that are no numbers without a word, for the choice to refuse', () => {
    const chooser = sampler({ temperature: 0.5, topK: 1, topP: 0.5, seed: 1 });
    const broken = Float32Array.of(1, Number.NaN, 2);
    chooser.narrow(broken);
    assert.throws(() => chooser.choose(broken, 0, 0), Failure);
    const none = new Float32Array(3).fill(-Infinity);
    chooser.narrow(none);
    assert.throws(() => chooser.choose(none, 0, 0), Failure);
  });
});
