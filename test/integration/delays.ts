// How late things come while something goes on.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setInterval } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

const NANOSECONDS_A_MILLISECOND = 1e6;
/** How often something is asked for: as a person might, not so often that it is itself what takes the time. */
const PACE_MS = 25;

export interface Delays {
  readonly p99: number;
  readonly longest: number;
}

/** Delays of this thread's event loop in milliseconds while something goes on. */
export async function delaysDuring(something: () => Promise<unknown>): Promise<Delays> {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  await something();
  histogram.disable();
  return {
    p99: histogram.percentile(99) / NANOSECONDS_A_MILLISECOND,
    longest: histogram.max / NANOSECONDS_A_MILLISECOND,
  };
}

/** Milliseconds that each of many requests takes, one every `PACE_MS`, while something goes on. */
export async function waitsDuring(
  request: () => PromiseLike<unknown>,
  something: () => Promise<unknown>,
): Promise<number[]> {
  let over = false;
  const done = something().finally(() => (over = true));
  const waits: number[] = [];
  for await (const _ of setInterval(PACE_MS)) {
    if (over) break;
    const start = performance.now();
    await request();
    waits.push(performance.now() - start);
  }
  await done;
  return waits;
}

export const delayWords = ({ p99, longest }: Delays): string =>
  `${p99.toFixed(2)} ms, longest ${longest.toFixed(0)} ms`;

/** The number that so large a share of them does not exceed. */
export const quantile = (numbers: readonly number[], share: number): number =>
  numbers.toSorted((a, b) => a - b)[Math.ceil(share * numbers.length) - 1] ?? Number.NaN;

/** Of an odd count of numbers. */
export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

/** Keeps other threads busy with nothing but a loop. */
export async function spin(milliseconds: number, threads = 1): Promise<void> {
  const busy = `const end = performance.now() + ${milliseconds}; while (performance.now() < end);`;
  const workers = Array.from({ length: threads }, () => new Worker(busy, { eval: true }));
  await Promise.all(
    workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve))),
  );
}
