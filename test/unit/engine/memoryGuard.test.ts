import assert from 'node:assert/strict';
import { checkModelFits, checkRunFits, type Room } from '../../../src/engine/memoryGuard';
import type { Failure } from '../../../src/failure/failure';

const GB = 2 ** 30;
const MB = 2 ** 20;
const LIMIT = 4 * GB;

/** A machine with so much free memory, and a heap of which so much is held and used. */
const roomOf = (free: number, held = 16 * MB, used = 0): Room => ({
  free,
  heap: { limit: LIMIT, held, used },
});
const ROOMY = roomOf(100 * GB);

function refused(check: () => void, code: string, needed: number, available: number): void {
  assert.throws(check, (error: Failure) => {
    assert.deepEqual([error.code, error.args], [code, { needed, available }]);
    return true;
  });
}

describe('the memory check before a model is read', () => {
  it('counts each weight once with our own kernels, twice with those that pack another copy', () => {
    const parameters = 100 * MB;
    const free = 500 * MB;
    checkModelFits(parameters, 'own', roomOf(free));
    refused(() => checkModelFits(parameters, 'stock', roomOf(free)), 'memory.model', 800, 416);
    refused(() => checkModelFits(parameters, 'own', roomOf(450 * MB)), 'memory.model', 400, 376);
  });

  it('leaves room for a run in what WebAssembly can address, however much the machine has', () => {
    const most = (LIMIT - GB / 2) / 4;
    checkModelFits(most, 'own', ROOMY);
    refused(() => checkModelFits(most + 1, 'own', ROOMY), 'memory.model', 3585, 3584);
    checkModelFits(most / 2, 'stock', ROOMY);
    refused(() => checkModelFits(most / 2 + 1, 'stock', ROOMY), 'memory.model', 3585, 3584);
    const beside = roomOf(100 * GB, GB, GB);
    refused(() => checkModelFits(most, 'own', beside), 'memory.model', 3584, 2560);
    checkModelFits(most + 1, 'own', { free: 100 * GB, heap: null });
  });

  it('takes what the heap holds and does not use', () => {
    refused(() => checkModelFits(GB / 4, 'own', roomOf(GB)), 'memory.model', 1024, 835);
    checkModelFits(GB / 4, 'own', roomOf(GB, GB, GB / 2));
  });
});

describe('the memory check before a run', () => {
  it('refuses what exceeds the budget, which another setting would allow', () => {
    checkRunFits({ trace: GB, working: 2 * GB }, GB, 'own', ROOMY);
    const over = { trace: GB + 1, working: 0 };
    refused(() => checkRunFits(over, GB, 'own', ROOMY), 'memory.budget', 1025, 1024);
  });

  it('refuses what WebAssembly cannot address beside the model', () => {
    const room = roomOf(100 * GB, GB, GB);
    checkRunFits({ trace: GB, working: 3 * GB }, GB, 'own', room);
    const over = { trace: 0, working: 3 * GB + 1 };
    refused(() => checkRunFits(over, GB, 'own', room), 'memory.run', 3073, 3072);
    // The other copies of the weights are in the heap as well.
    const packed = { trace: 0, working: 2 * GB + 1 };
    refused(() => checkRunFits(packed, GB, 'stock', room), 'memory.run', 2049, 2048);
  });

  it('refuses what exceeds the free memory, of which it takes no more than its share', () => {
    const bytes = { trace: 300 * MB, working: 100 * MB };
    checkRunFits(bytes, GB, 'own', roomOf(500 * MB));
    refused(() => checkRunFits(bytes, GB, 'own', roomOf(400 * MB)), 'memory.run', 400, 336);
    checkRunFits(bytes, GB, 'own', roomOf(400 * MB, 200 * MB, 100 * MB));
  });
});
