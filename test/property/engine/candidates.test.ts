// What is said of a vocabulary against plain code: the definition of softmax, and sorting it all.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { CANDIDATES, likelihoods } from '../../../src/engine/candidates';
import { sumOfExponentials } from '../../../src/engine/sumOfExponentials';
import { topIndices } from '../../../src/transformer/generate/topIndices';

const RUNS = { numRuns: 300 };
/** Sums of up to 700 addends in float64, and a series of four terms. */
const RELATIVE = 2e-13;

/** Few values, so that there are ties; wide ones; tokens that are forbidden. */
const logit = fc.oneof(
  { weight: 2, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 4, arbitrary: fc.float({ min: -60, max: 60, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(Number.NEGATIVE_INFINITY) },
);
const rowOf = (maxLength: number): fc.Arbitrary<Float32Array> =>
  fc
    .array(logit, { minLength: 1, maxLength, size: 'max' })
    .map((numbers) => Float32Array.from(numbers));
const rows = fc.oneof(rowOf(4), rowOf(12), rowOf(700));
/** Rows of which at least one token is possible. */
const possible = rows.filter((row) => row.some((one) => one > Number.NEGATIVE_INFINITY));

/** Ids, likeliest first, of equal ones the lower first. */
const ranked = (row: Float32Array): number[] =>
  [...row.keys()].sort((a, b) => (row[a] === row[b] ? a - b : row[b]! > row[a]! ? 1 : -1));

function softmax(row: Float32Array): number[] {
  const most = Math.max(...row);
  const powers = Array.from(row, (one) => Math.exp(one - most));
  const sum = powers.reduce((total, one) => total + one, 0);
  return powers.map((one) => one / sum);
}

const isClose = (actual: number, wanted: number): void =>
  assert.ok(Math.abs(actual - wanted) <= RELATIVE * wanted, `${actual} ≠ ${wanted}`);

describe('likelihoods of a vocabulary', () => {
  it('are the softmax of its likeliest tokens, and of the one written', () => {
    fc.assert(
      fc.property(possible, fc.nat(), (row, any) => {
        const wanted = softmax(row);
        const id = any % row.length;
        const { written, top } = likelihoods(row, id);
        isClose(written, wanted[id]!);
        assert.deepEqual(
          top.map((one) => one.id),
          ranked(row).slice(0, CANDIDATES),
        );
        for (const one of top) isClose(one.probability, wanted[one.id]!);
      }),
      RUNS,
    );
  });

  it('do not depend on what else is in the memory', () => {
    fc.assert(
      fc.property(possible, fc.nat({ max: 9 }), (row, before) => {
        const memory = new Float32Array(row.length + 20).fill(1e30);
        memory.set(row, before);
        const part = memory.subarray(before, before + row.length);
        assert.deepEqual(likelihoods(part, 0), likelihoods(row, 0));
      }),
      RUNS,
    );
  });

  it('are refused wherever a number is none, and where no token is possible', () => {
    const bad = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY);
    fc.assert(
      fc.property(rows, fc.nat(), bad, (row, any, number) => {
        const broken = row.with(any % row.length, number);
        assert.throws(() => likelihoods(broken, 0), /model\.notNumbers/);
      }),
      RUNS,
    );
    const impossible = new Float32Array(9).fill(Number.NEGATIVE_INFINITY);
    assert.throws(() => likelihoods(impossible, 0), /model\.notNumbers/);
  });
});

describe('the largest of many numbers', () => {
  it('in order, of equal ones the lower index first', () => {
    fc.assert(
      fc.property(rows, fc.nat({ max: 15 }), (row, count) => {
        assert.deepEqual(topIndices(row, count), ranked(row).slice(0, count));
      }),
      RUNS,
    );
  });
});

describe('a sum of exponentials', () => {
  it('of single numbers is as exact as float64 is there', () => {
    const below = fc.double({ min: -100, max: 0, noNaN: true });
    fc.assert(
      fc.property(below, (distance) => {
        const x = Math.fround(distance);
        const wanted = Math.exp(x);
        const error = Math.abs(sumOfExponentials(Float32Array.of(x), 0) - wanted);
        assert.ok(error <= wanted * (3 - x) * Number.EPSILON, `e^${x}: ${error / wanted}`);
      }),
      { numRuns: 3000 },
    );
  });

  it('at its table’s ends', () => {
    for (const x of [0, -Number.MIN_VALUE, -40, -39.99999618530273, -40.00000381469727, -87, -200])
      isClose(sumOfExponentials(Float32Array.of(0, x), 0), 1 + Math.exp(x));
    assert.equal(sumOfExponentials(Float32Array.of(Number.NEGATIVE_INFINITY), 0), 0);
    assert.equal(sumOfExponentials(new Float32Array(0), 0), 0);
  });
});
