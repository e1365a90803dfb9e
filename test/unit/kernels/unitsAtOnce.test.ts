import assert from 'node:assert/strict';
import { unitsAtOnce } from '../../../src/kernels/registered/unitsAtOnce';

const pool = (threads: number) => ({ threads, mostThreads: 8, run: () => undefined });

describe('how much of a job a thread takes at a time', () => {
  it('all of one that is too short to be shared', () => {
    assert.equal(unitsAtOnce(pool(2), 96, 100), 96);
  });

  it('what takes a while, of one with long units a single one', () => {
    assert.equal(unitsAtOnce(pool(2), 96, 768 * 8 * 128), 1);
    assert.equal(unitsAtOnce(pool(2), 6283, 768 * 8 * 9), 10);
  });

  it('no more than leaves some for all threads', () => {
    for (const threads of [1, 2, 4, 8]) {
      const units = 96;
      const atOnce = unitsAtOnce(pool(threads), units, 3000);
      assert.ok(atOnce * threads * 4 <= units + threads * 4, `${threads}: ${atOnce}`);
    }
  });
});
