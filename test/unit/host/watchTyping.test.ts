import assert from 'node:assert/strict';
import { watchTyping } from '../../../src/host/engine/watchTyping';

describe('watching somebody type', () => {
  it('says so at the first key, and then twice a second at most', () => {
    let press: (() => void) | null = null;
    let now = 10;
    let said = 0;
    const watch = watchTyping(
      (pressed) => {
        press = pressed;
        return { dispose: () => (press = null) };
      },
      () => now,
      () => (said += 1),
    );
    const pressAt = (time: number): number => {
      now = time;
      press!();
      return said;
    };
    assert.deepEqual([10, 100, 500, 511, 800, 1_100].map(pressAt), [1, 1, 1, 2, 2, 3]);
    watch.dispose();
    assert.equal(press, null);
  });
});
