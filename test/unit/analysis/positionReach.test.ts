import assert from 'node:assert/strict';
import { distanceProducts, firstRise, spreadOf } from '../../../src/analysis/positionReach';
import { positionScore, scoresByDistance } from '../../../src/analysis/positionScores';
import { sinusoidalPositions } from '../../../src/transformer/positions/sinusoidal';

const WIDTH = 64;
const COUNT = 50;

describe('positions by distance', () => {
  it('products of sinusoids depend on the distance alone, fall, and rise again', () => {
    const products = distanceProducts(sinusoidalPositions(COUNT, WIDTH, 'halves'), WIDTH, COUNT);
    assert.ok(Math.abs(products.mean[0]! - WIDTH / 2) < 1e-5);
    assert.ok(spreadOf(products) < 1e-4);
    const rise = firstRise(products.mean)!;
    assert.ok(rise.from > 0 && rise.high > rise.low && rise.to > rise.from);
    assert.equal(rise.low, products.mean[rise.from]);
    for (let k = 1; k <= rise.from; k++) assert.ok(products.mean[k]! <= products.mean[k - 1]!);
  });

  it('products of other tables do not', () => {
    const table = Float32Array.from({ length: 12 }, (_, i) => i);
    const products = distanceProducts(table, 4, 3);
    // Rows (0 1 2 3), (4 5 6 7), (8 9 10 11).
    assert.deepEqual([...products.lowest], [14, 38, 62]);
    assert.deepEqual([...products.highest], [366, 214, 62]);
    assert.deepEqual([...products.mean], [(14 + 126 + 366) / 3, 126, 62].map(Math.fround));
    assert.equal(spreadOf(products), 352);
  });

  it('a curve that only falls has no rise', () => {
    assert.equal(firstRise(Float32Array.of(3, 2, 2, 1)), null);
    assert.deepEqual(firstRise(Float32Array.of(3, 1, 2, 4, 0)), {
      from: 1,
      low: 1,
      to: 3,
      high: 4,
    });
    assert.equal(firstRise(Float32Array.of(5)), null);
  });

  it('scores by distance: mean and ends over the queries, one side only for a causal head', () => {
    const head = {
      queries: Float32Array.of(1, 2, 3), // [position, 1]
      keys: Float32Array.of(1, 10, 100),
      width: 1,
      scale: 0.5,
    };
    assert.equal(positionScore(head, 1, 2), 100);
    const both = scoresByDistance(head, 3, false);
    assert.equal(both.first, -2);
    assert.deepEqual(
      [...both.mean],
      [1.5, (1 + 15) / 2, (0.5 + 10 + 150) / 3, 52.5, 50].map(Math.fround),
    );
    assert.deepEqual([...both.lowest], [1.5, 1, 0.5, 5, 50]);
    assert.deepEqual([...both.highest], [1.5, 15, 150, 100, 50]);
    assert.deepEqual([...scoresByDistance(head, 3, true).mean], [...both.mean.slice(0, 3)]);
  });
});
