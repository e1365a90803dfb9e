import assert from 'node:assert/strict';
import { growthExponent, median, pairedRatio } from '../../bench/statistics';

describe('statistics of the bench', () => {
  it('takes the middle, or the mean of the two there', () => {
    assert.equal(median([9, 1, 4]), 4);
    assert.equal(median([9, 1, 4, 2]), 3);
    assert.ok(Number.isNaN(median([])));
  });

  it('compares within a round, so that a slower machine changes nothing', () => {
    const quiet = [10, 11, 12];
    const busy = [100, 110, 120];
    const mine = [quiet, busy, quiet];
    const other = [quiet, busy, quiet].map((round) => round.map((ms) => 2 * ms));
    assert.equal(pairedRatio(mine, other), 0.5);
    assert.equal(pairedRatio([[1], [1], [1]], [[2], [4], [100]]), 0.25);
  });

  it('leaves out rounds in which one did not take part', () => {
    assert.equal(pairedRatio([[1], [1]], [[4]]), 0.25);
    assert.ok(Number.isNaN(pairedRatio([], [[4]])));
  });

  it('finds the exponent of growth', () => {
    const points = [32, 128, 512].map((length) => ({ length, ms: 7 * length ** 1.5 }));
    assert.ok(Math.abs(growthExponent(points) - 1.5) < 1e-9);
  });
});
