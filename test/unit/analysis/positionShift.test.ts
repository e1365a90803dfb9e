import assert from 'node:assert/strict';
import { pairsAt, paperFrequencies } from '../../../src/analysis/positionPairs';
import { bestAngles, checkShift, turned } from '../../../src/analysis/positionShift';
import { sinusoidalPositions } from '../../../src/transformer/positions/sinusoidal';

const WIDTH = 48;
const COUNT = 96;

describe('a step as a rotation', () => {
  for (const layout of ['interleaved', 'halves'] as const)
    it(`turns PE(p) into PE(p + k) to 1e-6, for every p: ${layout}`, () => {
      const table = sinusoidalPositions(COUNT, WIDTH, layout);
      const at = (position: number) => pairsAt(table, WIDTH, layout, position);
      for (const shift of [1, 7, 50]) {
        const angles = paperFrequencies(WIDTH).map((one) => shift * one);
        const { largest, worst, relative } = checkShift(at, COUNT, shift, angles);
        assert.equal(worst.difference, Math.max(...largest));
        assert.ok(worst.difference > 0 && worst.difference < 1e-6, String(worst.difference));
        assert.ok(relative < 1e-6);
        // The other order of dimensions is another table: the turn does not hold there.
        const other = layout === 'halves' ? 'interleaved' : 'halves';
        const wrong = checkShift((p) => pairsAt(table, WIDTH, other, p), COUNT, shift, angles);
        assert.ok(wrong.worst.difference > 0.1);
      }
    });

  it('finds the angles of sinusoids by itself, and where and how much others miss', () => {
    const table = sinusoidalPositions(COUNT, WIDTH, 'halves');
    const at = (position: number) => pairsAt(table, WIDTH, 'halves', position);
    const found = bestAngles(at, COUNT, 1);
    for (const [pair, frequency] of paperFrequencies(WIDTH).entries())
      assert.ok(Math.abs(found[pair]! - frequency) < 1e-6);
    // Vectors that have nothing to do with each other: no turn brings one to the next.
    const none = (position: number): Float64Array =>
      Float64Array.from({ length: 4 }, (_, i) => Math.sin(12.9898 * (position * 4 + i) ** 2));
    const { relative, worst } = checkShift(none, COUNT, 1, bestAngles(none, COUNT, 1));
    assert.ok(relative > 0.5);
    const missed = turned(none(worst.position), bestAngles(none, COUNT, 1));
    const wanted = none(worst.position + 1);
    const both = [2 * worst.pair, 2 * worst.pair + 1].map((i) => Math.abs(missed[i]! - wanted[i]!));
    assert.equal(Math.max(...both), worst.difference);
  });

  it('a quarter turn makes a sine of a cosine', () => {
    const [sine, cosine] = turned(Float64Array.of(0, 1), Float64Array.of(Math.PI / 2));
    assert.ok(Math.abs(sine! - 1) < 1e-15 && Math.abs(cosine!) < 1e-15);
  });
});
