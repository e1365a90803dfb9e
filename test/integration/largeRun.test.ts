import assert from 'node:assert/strict';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Run } from '../../src/protocol/engineMessages';
import { FASTEST, type EngineOptions } from '../../src/protocol/engineOptions';
import type { TestApi } from '../../src/host/testApi';
import { LARGE, textOf } from '../fixtures/randomMarian';
import { delaysDuring, delayWords, median, spin } from './delays';
import { largeModel } from './largeModel';
import {
  fromPage,
  headlight,
  isOver,
  looseTensors,
  next,
  root,
  startOver,
  subjectFor,
  toPage,
} from './headlight';

/** How much later than beside an equally busy worker the host may answer. */
const DELAY_FACTOR = 4;
const ROUNDS = 3;

/**
 * An equally busy worker: the same bundle on the same text, as much memory moved, as many messages
 * sent, to a thread that does nothing with them. What a run costs beyond this is the host's doing.
 */
async function computeUnheard(model: string, text: string): Promise<void> {
  const workerData: EngineOptions = {
    wasmDirectory: path.join(root, 'dist', 'wasm'),
    backend: 'auto',
    ...FASTEST,
    memoryBudgetBytes: 2 ** 30,
  };
  const worker = new Worker(path.join(root, 'dist', 'engine', 'worker.js'), { workerData });
  const finished = new Promise<void>((resolve) => {
    worker.on('message', ({ type }: { readonly type: string }) => {
      if (type === 'finished') resolve();
    });
  });
  const run: Run = {
    type: 'run',
    trace: 'unheard',
    model,
    text,
    pair: null,
    language: null,
    writing: null,
    trainedTokens: null,
    preview: 'off',
  };
  worker.postMessage(run);
  await finished;
  await worker.terminate();
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
    const sent = performance.now();
    await fromPage(api, 'credit');
    const milliseconds = performance.now() - sent;
    const kilobytes = event.picture.data.byteLength / 1024;
    console.log(
      `    figure: a picture of ${kilobytes.toFixed(0)} kB to the panel, painted, its credit back: ${milliseconds.toFixed(0)} ms`,
    );
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
    const text = textOf(LARGE.positions);
    const p99s = { run: [] as number[], unheard: [] as number[], spin: [] as number[] };
    // In turn, so that whatever else the machine does meets all; the medians count.
    for (let round = 0; round < ROUNDS; round++) {
      const begin = performance.now();
      const run = await delaysDuring(async () => {
        api.inspect(subjectFor(folder, text));
        const { snapshot } = await api.waitFor(isOver);
        assert.equal(snapshot.outcome, 'complete');
      });
      const duration = performance.now() - begin;
      const unheard = await delaysDuring(() => computeUnheard(folder, text));
      const spun = await delaysDuring(() => spin(duration));
      p99s.run.push(run.p99);
      p99s.unheard.push(unheard.p99);
      p99s.spin.push(spun.p99);
      console.log(
        `    run of ${(duration / 1000).toFixed(1)} s: event-loop delay p99 ${delayWords(run)}; ` +
          `beside an equally busy worker ${delayWords(unheard)}; beside an empty loop ${delayWords(spun)}`,
      );
    }
    const ratio = median(p99s.run) / median(p99s.unheard);
    const toLoop = median(p99s.run) / median(p99s.spin);
    console.log(
      `    p99 of the run ÷ equally busy worker: ${ratio.toFixed(2)} (÷ empty loop: ${toLoop.toFixed(2)})`,
    );
    assert.ok(ratio <= DELAY_FACTOR, `ratio ${ratio}`);
    assert.equal(await looseTensors(api), 0);
  });
});
