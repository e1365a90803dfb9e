import assert from 'node:assert/strict';
import { bytesOfRun, checkModelFits, checkRunFits } from '../../../src/engine/memoryGuard';
import { bytesOfPredictions } from '../../../src/engine/tokenPredictions';
import type { Failure } from '../../../src/failure/failure';
import { modelOf } from '../../support/traceParts';

const SUMMARY = modelOf({
  layers: { encoder: 12, decoder: 1 },
  heads: { encoder: 12, decoder: 12 },
  keyValueHeads: { encoder: 12, decoder: 12 },
  headWidth: 64,
  dModel: 768,
});
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

  it('counts what each architecture keeps, number by number', () => {
    const shape = { task: null, heads: { encoder: 4, decoder: 4 }, headWidth: 8, dModel: 32 };
    const encoder = modelOf({
      ...shape,
      architecture: 'encoder',
      layers: { encoder: 2, decoder: 0 },
      keyValueHeads: { encoder: 4, decoder: 0 },
    });
    // Patterns of 10 × 10 and values of 10 × 8 for four heads of two layers.
    assert.equal(bytesOfRun(encoder, 10, 0).trace, 4 * 2 * (4 * 100 + 4 * 8 * 10));
    const decoder = modelOf({
      ...shape,
      architecture: 'decoder',
      layers: { encoder: 0, decoder: 3 },
      keyValueHeads: { encoder: 0, decoder: 2 },
    });
    // Two heads of values serve four of patterns; the text is the decoder's own, whatever is written.
    assert.equal(bytesOfRun(decoder, 10, 99).trace, 4 * 3 * (4 * 100 + 2 * 8 * 10));
    const both = modelOf({
      ...shape,
      architecture: 'encoderDecoder',
      layers: { encoder: 2, decoder: 1 },
      keyValueHeads: { encoder: 4, decoder: 4 },
    });
    const says = modelOf({ ...decoder, task: 'nextToken' });
    const more = bytesOfRun(says, 10, 0).trace - bytesOfRun(decoder, 10, 0).trace;
    assert.equal(more, bytesOfPredictions(10));
    const read = 2 * (4 * 100 + 4 * 8 * 10);
    const written = (4 * 36 + 4 * 8 * 6) / 2;
    const cross = 4 * 60 + 4 * 8 * 10;
    assert.equal(bytesOfRun(both, 10, 6).trace, 4 * (read + written + cross));
    for (const model of [encoder, decoder, both])
      assert.equal(bytesOfRun(model, 10, 6).working, 4 * (4 * 4 * 100 + 12 * 10 * 32));
  });

  it('refuses what WebAssembly cannot address, however much the machine has', () => {
    checkRunFits({ trace: 0, working: 3 * GB }, 100 * GB, 100 * GB);
    assert.throws(
      () => checkRunFits({ trace: 0, working: 3 * GB + 1 }, 100 * GB, 100 * GB),
      (error: Failure) =>
        error.code === 'memory.run' &&
        error.args['needed'] === 3073 &&
        error.args['available'] === 3072,
    );
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
