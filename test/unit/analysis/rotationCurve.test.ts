import assert from 'node:assert/strict';
import { rotationCurve } from '../../../src/analysis/rotationCurve';

describe('rotary positions by distance', () => {
  it('a cosine a pair, and their mean', () => {
    const { cosines, similarity } = rotationCurve(Float32Array.of(Math.PI / 2, 0), 0, 3);
    const near = (actual: Float32Array, wanted: readonly number[]): void => {
      assert.equal(actual.length, wanted.length);
      for (const [i, one] of actual.entries()) assert.ok(Math.abs(one - wanted[i]!) < 1e-6);
    };
    near(cosines, [1, 1, 0, 1, -1, 1]);
    near(similarity, [1, 0.5, 0]);
  });
});
