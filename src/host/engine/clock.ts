import type { Disposable } from '../disposables';

/** Time as a dependency, so that tests of limits in seconds take none. */
export interface Clock {
  /** Calls `elapsed` once after so many milliseconds, unless disposed before. */
  after(milliseconds: number, elapsed: () => void): Disposable;
}

export const systemClock: Clock = {
  after(milliseconds, elapsed) {
    const timer = setTimeout(elapsed, milliseconds);
    return { dispose: () => clearTimeout(timer) };
  },
};
