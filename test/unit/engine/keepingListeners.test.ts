import assert from 'node:assert/strict';
import { keepingListeners } from '../../../src/engine/keepingListeners';

const EVENT = 'unhandledRejection';

describe('keeping the process’s listeners', () => {
  const mine = (): void => undefined;
  const its = (): void => undefined;
  beforeEach(() => void process.on(EVENT, mine));
  afterEach(() => {
    process.removeListener(EVENT, mine);
    process.removeListener(EVENT, its);
  });

  it('takes away what came, and brings back what went', async () => {
    const before = process.rawListeners(EVENT);
    const result = await keepingListeners(() => {
      process.on(EVENT, its);
      process.removeListener(EVENT, mine);
      return Promise.resolve(7);
    });
    assert.equal(result, 7);
    assert.deepEqual(new Set(process.rawListeners(EVENT)), new Set(before));
    assert.ok(!before.includes(its));
  });

  it('does so when something fails, too', async () => {
    const failing = keepingListeners(() => {
      process.on(EVENT, its);
      return Promise.reject(new Error('no'));
    });
    await assert.rejects(failing, /no/);
    assert.ok(!process.rawListeners(EVENT).includes(its));
  });
});
