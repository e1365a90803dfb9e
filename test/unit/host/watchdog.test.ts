import assert from 'node:assert/strict';
import { Watchdog } from '../../../src/host/engine/watchdog';
import { ManualClock } from './manualClock';

const LIMIT_MS = 1000;

function watch(): { clock: ManualClock; dog: Watchdog; heard: string[] } {
  const clock = new ManualClock();
  const heard: string[] = [];
  const dog = new Watchdog(
    clock,
    LIMIT_MS,
    () => heard.push('ping'),
    () => heard.push('silent'),
  );
  return { clock, dog, heard };
}

describe('Watchdog', () => {
  it('does nothing while nothing is owed', () => {
    const { clock, heard } = watch();
    clock.pass(10 * LIMIT_MS);
    assert.deepEqual(heard, []);
  });

  it('pings at half the limit and gives up at the limit', () => {
    const { clock, dog, heard } = watch();
    dog.expect();
    clock.pass(LIMIT_MS / 2 - 1);
    assert.deepEqual(heard, []);
    clock.pass(1);
    assert.deepEqual(heard, ['ping']);
    clock.pass(LIMIT_MS / 2 - 1);
    assert.deepEqual(heard, ['ping']);
    clock.pass(1);
    assert.deepEqual(heard, ['ping', 'silent']);
  });

  it('starts over at every word', () => {
    const { clock, dog, heard } = watch();
    dog.expect();
    for (let word = 0; word < 5; word++) {
      clock.pass(LIMIT_MS - 1);
      dog.heard();
    }
    assert.equal(heard.filter((what) => what === 'silent').length, 0);
  });

  it('rests when every debt is paid, not before', () => {
    const { clock, dog, heard } = watch();
    dog.expect();
    dog.expect();
    dog.settle();
    assert.equal(clock.pending, 1);
    dog.settle();
    assert.equal(clock.pending, 0);
    dog.heard();
    clock.pass(10 * LIMIT_MS);
    assert.deepEqual(heard, []);
  });

  it('a second debt does not put off the first', () => {
    const { clock, dog, heard } = watch();
    dog.expect();
    clock.pass(LIMIT_MS / 2);
    dog.expect();
    clock.pass(LIMIT_MS / 2);
    assert.deepEqual(heard, ['ping', 'silent']);
  });
});
