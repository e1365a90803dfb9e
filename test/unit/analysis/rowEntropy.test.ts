import assert from 'node:assert/strict';
import { rowEntropy } from '../../../src/analysis/rowEntropy';

const bits = (...row: number[]): number | null => rowEntropy(Float32Array.from(row));

describe('entropy of a row', () => {
  it('is exact where all is alike or all on one', () => {
    assert.equal(bits(1), 0);
    assert.equal(bits(0, 1, 0), 0);
    assert.equal(bits(0.5, 0.5), 1);
    assert.equal(bits(0.25, 0.25, 0.25, 0.25), 2);
    assert.equal(bits(0.5, 0.25, 0.25), 1.5);
  });

  it('is never below 0, though a float32 weight may round up beyond 1', () => {
    assert.equal(bits(1 + 2 ** -23, 0), 0);
  });

  it('leaves out what is hidden, and what is too small to count', () => {
    assert.equal(bits(Number.NaN, 0.5, 0.5, Number.NaN), 1);
    assert.equal(bits(1, 1e-40), 0);
  });

  it('is not there without weight', () => {
    assert.equal(bits(), null);
    assert.equal(bits(0, Number.NaN), null);
  });

  it('reads a part of a larger block in its place', () => {
    assert.equal(rowEntropy(Float32Array.of(0.1, 0.5, 0.5, 0.9).subarray(1, 3)), 1);
  });
});
