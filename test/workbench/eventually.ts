// States that several parts of a window come to one after the other.
import { setTimeout as sleep } from 'node:timers/promises';

/** The longest wait for what a window shall show; a busy machine needs seconds. */
const PATIENCE_MS = 20_000;
/** Between two looks. */
const LOOK_MS = 40;

/** Looks again until what is asserted holds; then returns it. Throws what did not hold last. */
export async function eventually<T>(look: () => Promise<T>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(LOOK_MS);
    }
  }
}
