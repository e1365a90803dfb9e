import assert from 'node:assert/strict';
import { pairsAt, paperCurve, paperFrequencies } from '../../../src/analysis/positionPairs';
import { positionCurve } from '../../../src/analysis/positionCurve';
import { sinusoidalPositions } from '../../../src/transformer/positions/sinusoidal';

const WIDTH = 32;
const COUNT = 40;

describe('pairs of dimensions', () => {
  it('the same pairs in both orders: sine and cosine of one angle', () => {
    const frequencies = paperFrequencies(WIDTH);
    for (const layout of ['interleaved', 'halves'] as const) {
      const table = sinusoidalPositions(COUNT, WIDTH, layout);
      for (const position of [0, 1, 17, COUNT - 1]) {
        const pairs = pairsAt(table, WIDTH, layout, position);
        assert.equal(pairs.length, WIDTH);
        for (const [pair, frequency] of frequencies.entries()) {
          const angle = position * frequency;
          assert.ok(Math.abs(pairs[2 * pair]! - Math.sin(angle)) < 1e-7);
          assert.ok(Math.abs(pairs[2 * pair + 1]! - Math.cos(angle)) < 1e-7);
        }
      }
    }
  });

  it('the paper’s curve is the dot product of its sinusoids, 1 at distance 0', () => {
    const table = sinusoidalPositions(COUNT, WIDTH, 'halves');
    const products = positionCurve(table, WIDTH, COUNT, 9);
    const curve = paperCurve(WIDTH, -9, COUNT);
    assert.equal(curve[9], 1);
    for (const [i, product] of products.entries())
      assert.ok(Math.abs(product / (WIDTH / 2) - curve[i]!) < 1e-6);
  });
});
