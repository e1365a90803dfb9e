import assert from 'node:assert/strict';
import { CountedHeap } from '../../support/countedHeap';
import { EngineHarness } from '../../support/engineHarness';
import { forgetWasm } from '../../support/freshWasm';
import { spelledModel, type SpelledModel } from '../../support/spelledModel';

const KB = 2 ** 10;
/** Room for ever more of a run: none of its tensors, then some layers, then (almost) all. */
const LEFT = [0, 8, 32, 64, 128, 256, 512, 1024, 2048].map((kilobytes) => kilobytes * KB);

/** Bytes of a text's ids: when tfjs's own `gather` finds no memory it forgets to free them. */
const GATHERED = 4 * 'cat'.length;

describe('a heap that is full', () => {
  let engine: EngineHarness;
  let heap: CountedHeap;
  /** Positions that are added, that turn, and that are biases of scores. */
  const others: SpelledModel[] = [];
  before(async () => {
    await forgetWasm();
    engine = new EngineHarness(2 ** 30, 'auto', { kernels: 'own', wasmDirectory: 'dist/wasm' });
    await engine.until('up');
    for (const name of ['reference/gpt2', 'reference/llama', 'variants/bloom-3heads-untied'])
      others.push(await spelledModel(name));
    engine.run('first');
    await engine.finished('first');
    heap = new CountedHeap();
  });
  after(async () => {
    heap.restore();
    engine.close();
    await forgetWasm();
    for (const other of others) await other.remove();
  });

  it('ends a run with one clear error, wherever in the run; nothing of it stays', async () => {
    const { tensors } = await engine.memory();
    const failures = [];
    for (const left of LEFT) {
      heap.fill(left);
      engine.run(`left-${left}`);
      const { outcome, failure } = await engine.finished(`left-${left}`);
      heap.empty();
      if (outcome === 'complete') continue;
      failures.push(failure?.code);
      assert.match(String(failure?.args['held']), /^\d+$/);
      assert.equal((await engine.memory()).tensors, tensors, `${left} left`);
      assert.equal(heap.bytes, 0, `${left} left`);
    }
    assert.ok(failures.length >= 3, String(failures));
    assert.deepEqual(new Set(failures), new Set(['memory.heap']));
  });

  it('ends the reading of a model in the same way', async () => {
    const { tensors } = await engine.memory();
    for (const left of LEFT.slice(0, 3)) {
      heap.fill(left);
      const request = 1000 + left;
      engine.post({ type: 'describe', request, model: others[0]!.folder });
      const { failure } = await engine.until('refused', (message) => message.request === request);
      heap.empty();
      assert.equal(failure.code, 'memory.heap');
      assert.equal((await engine.memory()).tensors, tensors);
      assert.equal(heap.bytes, 0);
    }
  });

  it('leaves nothing behind, whichever allocation of a run fails', async () => {
    let tried = 0;
    for (const { folder } of others) {
      const run = async (trace: string): Promise<string> => {
        engine.run(trace, 'cat', { model: folder, language: null });
        const { outcome, failure } = await engine.finished(trace);
        engine.post({ type: 'release', trace });
        return failure?.code ?? outcome;
      };
      assert.equal(await run(`${folder} whole`), 'complete');
      const { tensors } = await engine.memory();
      const before = heap.bytes;
      heap.takeCount();
      assert.equal(await run(`${folder} again`), 'complete');
      const allocations = heap.takeCount();
      tried += allocations;
      for (let nth = 1; nth <= allocations; nth++) {
        heap.failAt(nth);
        const what = `${folder}, allocation ${nth}`;
        assert.equal(await run(what), 'memory.heap', what);
        heap.failAt(null);
        assert.equal((await engine.memory()).tensors, tensors, what);
        assert.ok(heap.bytes - before <= GATHERED, what);
      }
    }
    assert.ok(tried > 120, String(tried));
  });

  it('is no harm to the next run', async () => {
    engine.run('next');
    const { outcome, output } = await engine.finished('next');
    assert.equal(outcome, 'complete');
    const { output: first } = await engine.finished('first');
    assert.equal(output, first);
  });
});
