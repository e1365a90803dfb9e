import assert from 'node:assert/strict';
import { sinusoidalPositions } from '../../../src/transformer/positions/sinusoidal';

const COUNT = 512;
const D_MODEL = 256;

/** The formula of section 3.5, written again from the paper. */
function closedForm(position: number, i: number, kind: 'sin' | 'cos'): number {
  return Math[kind](position / Math.pow(10_000, (2 * i) / D_MODEL));
}

describe('sinusoidal positions', () => {
  const interleaved = sinusoidalPositions(COUNT, D_MODEL, 'interleaved');
  const halves = sinusoidalPositions(COUNT, D_MODEL, 'halves');

  it('equal the closed form to 1e-6 in both layouts', () => {
    for (let position = 0; position < COUNT; position++) {
      const row = position * D_MODEL;
      for (let i = 0; i < D_MODEL / 2; i++) {
        const sine = closedForm(position, i, 'sin');
        const cosine = closedForm(position, i, 'cos');
        assert.ok(Math.abs(interleaved[row + 2 * i]! - sine) < 1e-6);
        assert.ok(Math.abs(interleaved[row + 2 * i + 1]! - cosine) < 1e-6);
        assert.ok(Math.abs(halves[row + i]! - sine) < 1e-6);
        assert.ok(Math.abs(halves[row + D_MODEL / 2 + i]! - cosine) < 1e-6);
      }
    }
  });

  it('have a dot product that depends on the distance alone, d / 2 at distance 0', () => {
    for (const distance of [0, 1, 2, 7, 50, 200]) {
      const products: number[] = [];
      for (let position = 0; position + distance < COUNT; position++) {
        let sum = 0;
        for (let d = 0; d < D_MODEL; d++) {
          sum +=
            interleaved[position * D_MODEL + d]! *
            interleaved[(position + distance) * D_MODEL + d]!;
        }
        products.push(sum / (D_MODEL / 2));
      }
      const spread = Math.max(...products) - Math.min(...products);
      assert.ok(spread < 1e-6, `distance ${distance} spreads by ${spread}`);
      if (distance === 0) assert.ok(Math.abs(products[0]! - 1) < 1e-6);
    }
  });
});
