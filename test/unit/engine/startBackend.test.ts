import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { startBackend, type Backend } from '../../../src/engine/backend';
import { FASTEST, type Computation } from '../../../src/protocol/engineOptions';
import { WASM_DIRECTORY } from '../../support/wasm';

const CORES = os.availableParallelism();
const EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

const start = (
  computation: Partial<Computation>,
  wasmDirectory = path.resolve('dist', 'wasm'),
): Promise<Backend> =>
  startBackend({
    ...{ ...FASTEST, ...computation },
    ...{ wasmDirectory, backend: 'auto', memoryBudgetBytes: 2 ** 27 },
  });

const kernelNames = (): string[] =>
  tf.getKernelsForBackend('wasm').map(({ kernelName }) => kernelName);
const TFJS = new Set(kernelNames());
/** Kernels that tfjs does not bring. */
const ownNames = (): string[] => kernelNames().filter((name) => !TFJS.has(name));

/** What two matrices are multiplied to: something to compute on whatever there is. */
const product = (): number[] =>
  tf.tidy(() => [...tf.matMul(tf.ones([3, 40]), tf.ones([40, 2])).dataSync()]);
const PRODUCT = Array.from({ length: 6 }, () => 40);

describe('starting the backend', () => {
  const listeners = (): number[] => EVENTS.map((event) => process.listenerCount(event));
  let listenersBefore: number[];
  before(() => (listenersBefore = listeners()));
  // tfjs has one such backend in a process; other tests find theirs.
  after(() => start({ kernels: 'stock', sharedMemory: false }, WASM_DIRECTORY));
  afterEach(() => assert.deepEqual(listeners(), listenersBefore));

  it('has its kernels, and fewer threads while somebody types', async () => {
    const { wasm, notice } = await start({});
    assert.equal(notice, null);
    assert.ok(ownNames().length > 0);
    assert.deepEqual(product(), PRODUCT);
    const { pool, threads } = wasm!.own!;
    threads?.start();
    await threads?.settled();
    assert.equal(pool.threads, CORES);
    wasm!.typing.heard();
    assert.equal(pool.threads, Math.max(1, CORES - 1));
  });

  it('keeps to a number of threads that was asked for', async () => {
    const { name, wasm } = await start({ threads: 3 });
    assert.match(name, /^wasm-own-\w+-3t$/);
    const { pool, threads } = wasm!.own!;
    wasm!.typing.heard();
    threads!.start();
    await threads!.settled();
    assert.equal(pool.threads, 3);
  });

  it('leaves a core to who types as it was told last', async () => {
    for (const [threads, most] of [
      [CORES, CORES],
      [0, Math.max(1, CORES - 1)],
      [CORES, CORES],
    ] as const) {
      const { wasm } = await start({ threads });
      const { pool, threads: several } = wasm!.own!;
      several?.start();
      await several?.settled();
      wasm!.typing.heard();
      assert.equal(pool.threads, most, `${threads} asked for`);
    }
  });

  it('finds what is running already', async () => {
    const one = await start({ threads: 3 });
    const other = await start({ threads: 3 });
    assert.equal(other.wasm, one.wasm);
  });

  it('leaves nothing of one way to compute to the next', async () => {
    const before = await start({ threads: 2 });
    const stock = await start({ kernels: 'stock', sharedMemory: false });
    assert.equal(stock.name, 'wasm-stock-simd-1t');
    assert.equal(before.wasm!.own!.threads!.living, 1);
    assert.deepEqual(ownNames(), []);
    assert.deepEqual(product(), PRODUCT);
    const threaded = await start({ kernels: 'stock', threads: 2 });
    assert.equal(threaded.name, 'wasm-stock-simd-2t');
    assert.deepEqual(product(), PRODUCT);
  });

  it('does with what there is, and says so, where files are missing', async () => {
    const { name, notice } = await start({ threads: 2 }, WASM_DIRECTORY);
    assert.equal(name, 'wasm-stock-simd-1t');
    assert.equal(notice?.code, 'notice.slowWasm');
    assert.match(String(notice?.args['reason']), /tfjs-backend-wasm-threaded-simd\.js|headlight/);
    assert.deepEqual(product(), PRODUCT);
  });

  it('does not end the process where what tfjs’s threads run is missing', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'headlight-wasm-'));
    try {
      await cp(path.resolve('dist', 'wasm'), folder, { recursive: true });
      await rm(path.join(folder, 'tfjs-backend-wasm-threaded-simd.worker.js'));
      const { name, notice } = await start({ kernels: 'stock', threads: 2 }, folder);
      assert.equal(name, 'wasm-stock-simd-1t');
      assert.match(String(notice?.args['reason']), /worker\.js/);
      assert.deepEqual(product(), PRODUCT);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
