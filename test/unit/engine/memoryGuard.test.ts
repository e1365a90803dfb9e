import assert from 'node:assert/strict';
import { bytesOfRun, checkModelFits, checkRunFits } from '../../../src/engine/memoryGuard';
import type { Failure } from '../../../src/failure/failure';
import type { ModelSummary } from '../../../src/protocol/trace';

const SUMMARY: ModelSummary = {
  name: 'm',
  modelType: 'marian',
  layers: { encoder: 12, decoder: 1 },
  heads: { encoder: 12, decoder: 12 },
  dModel: 768,
  vocabulary: 1000,
  positions: 2048,
  positionLayout: 'halves',
  languages: [],
  parameters: 1,
  weightDtype: 'F32',
};
const GB = 2 ** 30;

describe('the memory check before a run', () => {
  it('counts every attention matrix of every head', () => {
    const { trace } = bytesOfRun(SUMMARY, 1024, 1);
    const patterns = 12 * 12 * 1024 * 1024 * 4;
    assert.ok(trace > patterns && trace < patterns * 1.2);
  });

  it('grows with the square of the text', () => {
    const ratio = bytesOfRun(SUMMARY, 2048, 1).trace / bytesOfRun(SUMMARY, 1024, 1).trace;
    assert.ok(ratio > 3.5 && ratio < 4, String(ratio));
  });

  it('refuses with numbers what exceeds the budget or the free memory, and lets pass what fits', () => {
    const bytes = bytesOfRun(SUMMARY, 1024, 64);
    checkRunFits(bytes, 2 * GB, 8 * GB);
    const refused = (budget: number, free: number): void =>
      assert.throws(
        () => checkRunFits(bytes, budget, free),
        (error: Failure) =>
          error.code === 'memory.run' &&
          Number(error.args['needed']) > Number(error.args['available']),
      );
    refused(GB / 4, 8 * GB);
    refused(2 * GB, GB / 4);
  });

  it('refuses models that do not fit before a weight is read', () => {
    checkModelFits(7_600_000, GB);
    assert.throws(() => checkModelFits(1_000_000_000, 64 * GB), /memory.model/);
    assert.throws(() => checkModelFits(100_000_000, GB), /memory.model/);
  });
});
