import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import type { TestApi } from '../../src/host/testApi';
import { LARGE, textOf } from '../fixtures/randomMarian';
import { largeModel } from './largeModel';
import {
  fromPage,
  headlight,
  isOver,
  looseTensors,
  next,
  startOver,
  subjectFor,
  toPage,
} from './headlight';

/** How much later than beside a worker that only spins the host may answer. */
const DELAY_FACTOR = 4;
const ROUNDS = 3;
const NANOSECONDS_A_MILLISECOND = 1e6;

interface Delays {
  readonly p99: number;
  readonly longest: number;
}

/** Delays of this thread's event loop in milliseconds while something goes on. */
async function delaysDuring(something: () => Promise<unknown>): Promise<Delays> {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  await something();
  histogram.disable();
  return {
    p99: histogram.percentile(99) / NANOSECONDS_A_MILLISECOND,
    longest: histogram.max / NANOSECONDS_A_MILLISECOND,
  };
}

const words = ({ p99, longest }: Delays): string =>
  `${p99.toFixed(2)} ms, longest ${longest.toFixed(0)} ms`;

/** Of an odd count of numbers. */
const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** Keeps another thread busy for so long. */
async function spin(milliseconds: number): Promise<void> {
  const busy = `const end = performance.now() + ${milliseconds}; while (performance.now() < end);`;
  const worker = new Worker(busy, { eval: true });
  await new Promise((resolve) => worker.once('exit', resolve));
}

describe('a run of 512 tokens through 12 layers of 512', () => {
  let api: TestApi;
  let folder: string;
  before(async () => {
    api = await headlight();
    folder = await largeModel();
  });
  afterEach(() => startOver(api));

  it('has a layer painted in the panel while a later one still computes', async () => {
    api.switches.place = 'thread';
    const picture = toPage(api, 'event', ({ event }) => event.type === 'picture');
    api.inspect(subjectFor(folder, textOf(LARGE.positions)));
    const { event } = await picture;
    assert.ok(event.type === 'picture');
    assert.deepEqual(event.layer, { stack: 'encoder', layer: 0 });
    // The page grants a picture's credit again when it has painted it.
    await fromPage(api, 'credit');
    const { snapshot } = api.current() ?? {};
    assert.ok(snapshot);
    console.log(`    painted layer 0 with ${snapshot.layers.length} of 12 layers computed`);
    assert.equal(snapshot.plan?.source.length, 512);
    assert.ok(snapshot.layers.length < LARGE.encoderLayers);
    assert.equal(snapshot.outcome, null);
    await next(api.engineEvents, ({ type }) => type === 'layer');
  });

  it('leaves the host’s thread free', async () => {
    api.switches.place = 'thread';
    const running: number[] = [];
    const beside: number[] = [];
    // In turn, so that whatever else the machine does meets both; the medians count.
    for (let round = 0; round < ROUNDS; round++) {
      const begin = performance.now();
      const run = await delaysDuring(async () => {
        api.inspect(subjectFor(folder, textOf(LARGE.positions)));
        const { snapshot } = await api.waitFor(isOver);
        assert.equal(snapshot.outcome, 'complete');
      });
      const duration = performance.now() - begin;
      const spun = await delaysDuring(() => spin(duration));
      running.push(run.p99);
      beside.push(spun.p99);
      console.log(
        `    run of ${(duration / 1000).toFixed(1)} s: event-loop delay p99 ${words(run)}; ` +
          `beside a busy worker ${words(spun)}`,
      );
    }
    const ratio = median(running) / median(beside);
    console.log(`    p99 beside the run ÷ beside the busy worker: ${ratio.toFixed(2)}`);
    assert.ok(ratio <= DELAY_FACTOR, `ratio ${ratio}`);
    assert.equal(await looseTensors(api), 0);
  });
});
