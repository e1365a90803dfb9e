import type { KernelPool } from '../kernelPool';

/**
 * Work is counted in multiplications, of which a thread does some 24 a nanosecond at best. This much at
 * a time, 20 µs, is long beside the handing out and short enough that no thread waits for another.
 */
const WORK_AT_ONCE = 2 ** 19;
/** A job of less than 10 µs is over before another thread has woken up. */
const WORTH_SHARING = 2 ** 18;
/** What a thread takes at most, as a part of its share. */
const PARTS = 4;

/** How many units of a job a thread shall take at a time. */
export function unitsAtOnce(pool: KernelPool, units: number, workOfUnit: number): number {
  if (units * workOfUnit < WORTH_SHARING) return units;
  const most = Math.ceil(units / (PARTS * pool.threads));
  return Math.min(most, Math.ceil(WORK_AT_ONCE / workOfUnit));
}
