import assert from 'node:assert/strict';
import { setTimeout as pass } from 'node:timers/promises';
import { ThreadPool, type EndOfThread } from '../../../src/kernels/pool/threadPool';
import type { WasmModule } from '../../../src/kernels/webAssembly';
import { brokenKernels, poolOf, productKernels, runOther, sharedMemory } from './sharedKernels';

/** Where the tests write: the beginning of a memory may hold constants. */
const OUT = 4096;
const UNITS = 64;
/** Rounds of the kernels that take their time: some milliseconds a unit. */
const TURNS = 100_000;

const written = (memory: WebAssembly.Memory, count: number): Float32Array =>
  new Float32Array(memory.buffer, OUT, count);

describe('thread pool', () => {
  const pools: ThreadPool[] = [];
  let module: WasmModule;
  before(async () => {
    module = await brokenKernels();
  });
  afterEach(() => {
    for (const pool of pools.splice(0)) pool.dispose();
  });
  const pool = async (...args: Parameters<typeof poolOf>): Promise<ThreadPool> => {
    const made = await poolOf(...args);
    pools.push(made);
    return made;
  };

  it('computes every unit once asked, however many are taken at once', async () => {
    const memory = sharedMemory();
    const three = await pool(module, memory, 3);
    assert.equal(three.threads, 3);
    for (const units of [1, 2, 7, 1000, 0])
      for (const atOnce of [undefined, 1, 3, 5000]) {
        written(memory, 1001).fill(-1);
        runOther(three, 'fill', [OUT], units, atOnce);
        const expected = Array.from({ length: 1001 }, (_, i) => (i < units ? i : -1));
        assert.deepEqual([...written(memory, 1001)], expected, `${units} by ${atOnce}`);
      }
  });

  it('shares a long job, and does a short one where it is', async () => {
    const memory = sharedMemory();
    const two = await pool(module, memory, 2);
    // On a busy machine one may be done before the other has begun.
    do runOther(two, 'sign', [OUT, TURNS], UNITS);
    while (!written(memory, UNITS).includes(1));
    runOther(two, 'sign', [OUT, TURNS], UNITS, UNITS);
    assert.deepEqual(new Set(written(memory, UNITS)), new Set([0]));
  });

  it('computes in memory that has grown since it began', async () => {
    const memory = sharedMemory();
    const two = await pool(module, memory, 2);
    const out = memory.buffer.byteLength;
    memory.grow(1);
    do runOther(two, 'sign', [out, TURNS], UNITS);
    while (!new Float32Array(memory.buffer, out, UNITS).includes(1));
  });

  it('lets no more threads take part than are allowed just now', async () => {
    const memory = sharedMemory();
    let allowed = 1;
    const two = await pool(module, memory, 2, () => allowed);
    runOther(two, 'sign', [OUT, TURNS], UNITS);
    assert.deepEqual(new Set(written(memory, UNITS)), new Set([0]));
    allowed = 2;
    do runOther(two, 'sign', [OUT, TURNS], UNITS, 1);
    while (!written(memory, UNITS).includes(1));
  });

  it('writes the same bytes with 1, 2 and 3 threads', async () => {
    const product = await productKernels();
    const [rows, inputs, outputs] = [13, 37, 61];
    const bytes: Uint8Array[] = [];
    for (const threads of [1, 2, 3]) {
      const memory = sharedMemory();
      const some = await pool(product, memory, threads);
      const panels = Math.ceil(outputs / 8);
      const x = OUT;
      const plain = x + rows * inputs * 4;
      const packed = plain + inputs * outputs * 4;
      const out = packed + panels * 8 * inputs * 4;
      const given = new Float32Array(memory.buffer, x, (packed - x) / 4);
      for (let i = 0; i < given.length; i++) given[i] = Math.sin(i) * 3;
      some.run('pack', [plain, packed, inputs, outputs], panels, 1);
      const NO_BIAS = 0;
      const LINEAR = 0;
      some.run('product', [x, packed, NO_BIAS, out, rows, inputs, outputs, LINEAR], panels, 1);
      const result = new Uint8Array(memory.buffer, out, rows * outputs * 4).slice();
      assert.ok(result.some((byte) => byte !== 0));
      bytes.push(result);
    }
    assert.deepEqual(bytes[1], bytes[0]);
    assert.deepEqual(bytes[2], bytes[0]);
  });

  it('computes what a thread that hangs has kept, gives it up and goes on', async () => {
    const memory = sharedMemory();
    const two = await pool(module, memory, 2);
    const lost: EndOfThread[] = [];
    let missing = 0;
    two.onLost = (end) => {
      lost.push(end);
      missing = written(memory, UNITS).filter((number) => number === -1).length;
    };
    const HANGING = 1;
    // Until it has come by: the caller may have done it all.
    while (lost.length === 0) {
      written(memory, UNITS).fill(-1);
      runOther(two, 'hang', [OUT, HANGING], UNITS);
    }
    assert.ok(
      missing > 0,
      'it is ended before its units are computed: it might yet write them, too',
    );
    assert.deepEqual(
      [...written(memory, UNITS)],
      Array.from({ length: UNITS }, () => 0),
    );
    const [end] = lost;
    assert.ok(end?.how === 'silent' && end.seconds >= 2.5, JSON.stringify(end));
    assert.deepEqual([two.threads, two.living], [1, 1]);
    runOther(two, 'fill', [OUT], UNITS);
    assert.equal(written(memory, UNITS).at(-1), UNITS - 1);
    await pass(0);
    assert.equal(lost.length, 1, 'it is told once');
  });

  it('knows at once of a thread that fails', async () => {
    const memory = sharedMemory();
    const three = await pool(module, memory, 3);
    const lost: EndOfThread[] = [];
    three.onLost = (end) => lost.push(end);
    const FAILING = 2;
    const begin = performance.now();
    // Until it has come by: another may have done it all.
    while (lost.length === 0) runOther(three, 'trap', [OUT, FAILING], UNITS, 1);
    assert.deepEqual(lost, [{ how: 'failed' }]);
    assert.ok(performance.now() - begin < 2_000);
    assert.ok(!written(memory, UNITS).includes(FAILING));
    assert.equal(three.living, 2);
    await pass(0);
    assert.equal(lost.length, 1);
  });

  it('throws what fails in the caller, and computes alone from then on', async () => {
    const memory = sharedMemory();
    const two = await pool(module, memory, 2);
    const CALLER = 0;
    assert.throws(() => {
      for (;;) runOther(two, 'trap', [OUT, CALLER], UNITS, 1);
    }, /unreachable/);
    assert.equal(two.living, 1);
    runOther(two, 'fill', [OUT], UNITS);
    assert.equal(written(memory, UNITS).at(-1), UNITS - 1);
  });

  it('does without a thread that could not be started', async () => {
    const memory = sharedMemory();
    const lost: EndOfThread[] = [];
    const setting = { module, memory, script: '/no such script', threads: 2, allowance: () => 2 };
    const two = new ThreadPool(setting);
    pools.push(two);
    two.start();
    two.onLost = (end) => lost.push(end);
    runOther(two, 'fill', [OUT], UNITS);
    assert.equal(written(memory, UNITS).at(-1), UNITS - 1);
    await two.settled();
    assert.match(JSON.stringify(lost), /"ended".*no such script/);
    assert.equal(two.living, 1);
  });

  it('goes on where the system gives no further thread', async () => {
    const memory = sharedMemory();
    const lost: EndOfThread[] = [];
    // Refused at once, as too many threads are.
    const setting = { module, memory, script: 'no path', threads: 3, allowance: () => 3 };
    const three = new ThreadPool(setting);
    pools.push(three);
    three.onLost = (end) => lost.push(end);
    three.start();
    assert.deepEqual([lost.length, three.threads, three.living], [2, 1, 1]);
    assert.match(JSON.stringify(lost), /"ended".*no path/);
    runOther(three, 'fill', [OUT], UNITS);
    assert.equal(written(memory, UNITS).at(-1), UNITS - 1);
  });

  it('costs no processor time when there is nothing to do', async () => {
    const memory = sharedMemory();
    const three = await pool(module, memory, 3);
    runOther(three, 'sign', [OUT, TURNS], UNITS);
    await pass(50);
    const before = process.cpuUsage();
    await pass(300);
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < 60_000, `${user + system} µs of 300 000 µs`);
  });
});
