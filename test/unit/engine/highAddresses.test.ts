import assert from 'node:assert/strict';
import path from 'node:path';
import type { Answer } from '../../../src/protocol/queries';
import { CountedHeap } from '../../support/countedHeap';
import { EngineHarness } from '../../support/engineHarness';
import { forgetWasm } from '../../support/freshWasm';
import { spelledModel, type SpelledModel } from '../../support/spelledModel';

const GB = 2 ** 30;
/** More than 31 bits. */
const HIGH = 2.2 * GB;

for (const [threads, sharedMemory] of [
  [1, false],
  [2, true],
] as const)
  describe(`memory above 2 GB, where addresses are negative to some (${threads} threads)`, () => {
    let model: SpelledModel;
    before(async () => {
      model = await spelledModel('reference/gpt2');
    });
    after(() => model.remove());

    /** Reads a model and a text in a heap of which so much is taken: the last layer's attention. */
    async function read(taken: number): Promise<Answer<'matrixRows'>> {
      await forgetWasm();
      const computation = { kernels: 'own', threads, sharedMemory } as const;
      const wasmDirectory = path.resolve('dist/wasm');
      const engine = new EngineHarness(GB, 'auto', { ...computation, wasmDirectory });
      const { backend } = await engine.until('up');
      assert.match(backend, new RegExp(`^wasm-own-.*${threads}t$`));
      const heap = new CountedHeap();
      try {
        heap.raise(taken);
        engine.run('a', 'the quick brown fox', { model: model.folder, language: null });
        assert.equal((await engine.finished('a')).outcome, 'complete');
        assert.equal(heap.lowest > HIGH, taken > 0);
        const address = { stack: 'decoder', layer: 2, head: 'mean', unit: 'token' } as const;
        const question = { ...address, hideSpecials: false, from: 0, to: 16 };
        return await engine.ask('a', { name: 'matrixRows', question });
      } finally {
        heap.restore();
        engine.close();
        await forgetWasm();
      }
    }

    it('computes the same there', async () => {
      assert.deepEqual(await read(HIGH), await read(0));
    });
  });
