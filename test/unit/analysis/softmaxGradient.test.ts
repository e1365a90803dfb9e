// The size of the softmax's gradient against finite differences; variance and divergence by hand.
import assert from 'node:assert/strict';
import { divergence } from '../../../src/analysis/divergence';
import { softmaxGradient } from '../../../src/analysis/softmaxGradient';
import { variance } from '../../../src/analysis/variance';

function softmax(scores: readonly number[]): number[] {
  const powers = scores.map((score) => Math.exp(score));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** √ΣΣ (∂p_i/∂s_j)², by central differences. */
function byDifferences(scores: readonly number[]): number {
  const step = 1e-5;
  let sum = 0;
  for (const j of scores.keys()) {
    const moved = (by: number): number[] => softmax(scores.map((s, k) => (k === j ? s + by : s)));
    const [up, down] = [moved(step), moved(-step)];
    for (const i of scores.keys()) sum += ((up[i]! - down[i]!) / (2 * step)) ** 2;
  }
  return Math.sqrt(sum);
}

describe('size of the softmax’s gradient', () => {
  for (const scores of [
    [0, 0],
    [1, -0.5, 0.3],
    [0.1, 0.2, 0.3, 0.4, 2],
    [5, 1, 0, -2],
  ])
    it(`is what finite differences give at ${scores.join(', ')}`, () => {
      const found = softmaxGradient(softmax(scores));
      assert.ok(Math.abs(found - byDifferences(scores)) < 1e-8 * Math.max(1, found));
    });

  it('is ½ between two equal weights, 0 where one has all', () => {
    assert.equal(softmaxGradient([0.5, 0.5]), 0.5);
    assert.equal(softmaxGradient([0, 1, 0]), 0);
    assert.equal(softmaxGradient([]), 0);
  });

  it('keeps its digits where a weight is nearly 1', () => {
    // Of two weights it is 2·p·(1 − p).
    const rest = 1e-12;
    const found = softmaxGradient([1 - rest, rest]);
    assert.ok(Math.abs(found / (2 * rest) - 1) < 1e-6, String(found));
  });

  it('leaves hidden keys out', () => {
    assert.equal(softmaxGradient([0.5, Number.NaN, 0.5]), 0.5);
  });
});

describe('variance and divergence', () => {
  it('variance is the mean squared distance from the mean', () => {
    assert.equal(variance([1, 3]), 1);
    assert.equal(variance([7]), 0);
    assert.equal(variance([]), 0);
    // Far from 0 nothing cancels.
    assert.equal(variance([1e8 + 1, 1e8 + 3]), 1);
  });

  it('divergence is Σ p log₂(p ÷ q), and 0 for logits that differ by a constant', () => {
    assert.equal(divergence([1, 2, 3], [11, 12, 13]), 0);
    const expected = 0.5 * Math.log2(0.5 / 0.9) + 0.5 * Math.log2(0.5 / 0.1);
    const found = divergence([0, 0], [Math.log(0.9), Math.log(0.1)]);
    assert.ok(Math.abs(found - expected) < 1e-12);
  });
});
