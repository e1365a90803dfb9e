// Run after run, most of which do not end as they were meant to: nothing of them may stay.
import assert from 'node:assert/strict';
import { CountedHeap } from '../../support/countedHeap';
import { BUILT_IN, EngineHarness } from '../../support/engineHarness';
import { spelledModel, type SpelledModel } from '../../support/spelledModel';
import { atMost } from '../../support/writings';

/** More by choice: `HEADLIGHT_LEAK_RUNS=1000`. */
const RUNS = Number(process.env['HEADLIGHT_LEAK_RUNS'] ?? 120);
/** A few texts at once: most traces are dropped to make room for others. */
const BUDGET = 400_000;
const MB = 2 ** 20;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** How a run goes; one after another, again and again. */
const KINDS = [
  ...(['reads', 'begins alike', 'is cancelled', 'has no text', 'is too long', 'reads'] as const),
  ...(['is overtaken', 'is studied', 'finds no memory', 'is released', 'writes'] as const),
];
type Kind = (typeof KINDS)[number];

function residentMegabytes(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss() / MB;
}

for (const kernels of ['own', 'stock'] as const)
  describe(`${RUNS} runs (${kernels} kernels)`, function () {
    this.timeout(0); // as many as were asked for
    let engine: EngineHarness;
    let models: SpelledModel[];
    let heap: CountedHeap;
    let count = 0;
    const outcomes = new Map<string, number>();

    before(async () => {
      engine = new EngineHarness(BUDGET, 'auto', { kernels, wasmDirectory: 'dist/wasm' });
      await engine.until('up');
      heap = new CountedHeap();
      models = await Promise.all(['gpt2', 'bert'].map((name) => spelledModel(`reference/${name}`)));
    });
    after(async () => {
      heap.restore();
      engine.close();
      await Promise.all(models.map((model) => model.remove()));
    });

    /** Letters that no other text has in this order, each a token. */
    const textOf = (seed: number, length: number): string =>
      Array.from({ length }, (_, i) => LETTERS[(seed * 7 + i * (seed % 5)) % 26]).join(' ');

    const tally = (what: string): unknown => outcomes.set(what, (outcomes.get(what) ?? 0) + 1);

    async function run(kind: Kind, seed: number): Promise<void> {
      const trace = `run-${count++}`;
      const model = models[Math.floor(seed / KINDS.length) % 2]!.folder;
      const start = (text: string, more: object = {}): void =>
        engine.run(trace, text, { model, language: null, trainedTokens: null, ...more });
      switch (kind) {
        case 'reads':
          start(textOf(seed, 5 + (seed % 20)));
          break;
        case 'begins alike':
          start(`${textOf(seed - 1, 5 + ((seed - 1) % 20))} x y`);
          break;
        case 'is cancelled':
          start(textOf(seed, 30));
          await engine.until('layer', (message) => message.trace === trace);
          engine.post({ type: 'cancel', trace });
          break;
        case 'has no text':
          start(' ');
          break;
        case 'is too long':
          start(textOf(seed, 100));
          break;
        case 'is overtaken':
          start(textOf(seed, 30));
          engine.run(`${trace}-over`, textOf(seed + 1, 8), { model, language: null });
          await engine.finished(`${trace}-over`);
          break;
        case 'is studied': {
          start(textOf(seed, 8));
          const { outcome, failure } = await engine.finished(trace);
          assert.equal(outcome, 'complete', JSON.stringify(failure));
          const half = model === models[0]!.folder ? 'decoder' : 'encoder';
          await engine.ask(trace, { name: 'stream', question: { half, token: 3, change: null } });
          break;
        }
        case 'finds no memory':
          // Some kernels of tfjs forget what they made before.
          if (kernels === 'own') heap.failAt(20);
          start(textOf(seed, 8));
          await engine.finished(trace);
          heap.failAt(null);
          break;
        case 'is released':
          start(textOf(seed, 12));
          await engine.finished(trace);
          engine.post({ type: 'release', trace });
          break;
        case 'writes':
          start('Yes.', { model: BUILT_IN, language: 'fra', writing: atMost(3) });
          break;
      }
      const { outcome, failure } = await engine.finished(trace);
      tally(`${kind}: ${failure?.code ?? outcome}`);
      for (const { type } of engine.log) if (type === 'evicted') tally('traces evicted');
      engine.log.length = 0;
    }

    /** What is in tfjs when no text is in memory, and one model. */
    async function atRest(): Promise<{ tensors: number; heap: number }> {
      engine.run('last', 'a b c', { model: models[0]!.folder, language: null });
      await engine.finished('last');
      engine.post({ type: 'release', trace: 'last' });
      engine.log.length = 0;
      const memory = await engine.memory();
      return { tensors: memory.tensors, heap: heap.bytes };
    }

    async function all(kinds: number): Promise<void> {
      for (let i = 0; i < kinds; i++) await run(KINDS[i % KINDS.length]!, i);
    }

    it('leave neither tensors nor memory of WebAssembly behind', async () => {
      // Each kind with each model first: what kernels keep for the next time is there then.
      await all(2 * KINDS.length);
      const before = await atRest();
      outcomes.clear();
      const resident = residentMegabytes();
      await all(RUNS);
      const grown = residentMegabytes() - resident;
      assert.deepEqual(await atRest(), before);
      for (const what of ['traces evicted', 'is cancelled: run.cancelled', 'is studied: complete'])
        assert.ok(outcomes.has(what), what);
      assert.equal(outcomes.has('finds no memory: memory.heap'), kernels === 'own');
      console.log(`    resident memory ${grown < 0 ? '−' : '+'}${Math.abs(grown).toFixed(1)} MB`);
      for (const [what, times] of outcomes) console.log(`      ${times} × ${what}`);
    });
  });
