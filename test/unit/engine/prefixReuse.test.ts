// A text that begins like the one before is read from where they differ, and its numbers are those of a fresh run.
import assert from 'node:assert/strict';
import { EngineHarness } from '../../support/engineHarness';
import { onKernels } from '../../support/kernels';
import { spelledModel, type SpelledModel } from '../../support/spelledModel';
import { overviewsOf, traceNumbers, type TraceNumbers } from '../../support/traceNumbers';

/** Every decoder of the fixtures: learned, rotary and ALiBi positions, windows, shared keys and values. */
const DECODERS = [
  'reference/gpt2',
  'reference/gpt_neo',
  'reference/gpt_neox',
  'reference/gptj',
  'reference/llama',
  'reference/mistral',
  'reference/qwen2',
  'reference/qwen3',
  'variants/bloom-3heads-untied',
  'variants/gemma-untied-bf16-sharded',
  'variants/gpt2-lm-f16-sharded',
  'variants/opt-nobias-noaffine',
  'variants/opt-postnorm-proj',
];
const LLAMA = 'reference/llama';
const GPT2 = 'reference/gpt2';

/** Each letter is a token. */
const TEXT = 'the cat sat on the mat and so on';
const LETTERS = 24;

/** What becomes of the text, and how many of its tokens need not be read again. */
const EDITS: Readonly<Record<string, { readonly text: string; readonly reused: number }>> = {
  'a token appended': { text: `${TEXT}e`, reused: LETTERS },
  'four tokens appended': { text: `${TEXT} sad.`, reused: LETTERS },
  // The last token in common is read again: only its logits tell how likely the new one was after it.
  'a token changed in the middle': { text: TEXT.replace('mat', 'rat'), reused: 13 },
  'a token deleted': { text: TEXT.replace('mat', 'at'), reused: 13 },
  'the end cut off': { text: 'the cat sat on', reused: 10 },
  'nothing changed': { text: TEXT, reused: LETTERS - 1 },
  'all changed': { text: 'a dog ran', reused: 0 },
};

/** Stock kernels add in another order when there are more rows. */
const STOCK_TOLERANCE = 1e-5;

for (const kernels of ['stock', 'own'] as const)
  describe(`a text that begins like the one before (${kernels} kernels)`, function () {
    this.timeout(60_000);
    onKernels(kernels);
    sharingTests(kernels === 'own' ? 0 : STOCK_TOLERANCE);
  });

/** @param tolerance 0: every number is that of a fresh run, bit by bit */
function sharingTests(tolerance: number): void {
  let engine: EngineHarness;
  const models = new Map<string, SpelledModel>();
  beforeEach(() => (engine = new EngineHarness()));
  afterEach(async () => {
    const { tensors, weights, kept } = await engine.memory();
    engine.close();
    assert.equal(tensors - weights - kept, 0, 'no tensor is left');
  });
  after(async () => {
    for (const model of models.values()) await model.remove();
  });

  async function start(trace: string, name: string, text: string): Promise<void> {
    const model = models.get(name) ?? (await spelledModel(name));
    models.set(name, model);
    engine.run(trace, text, { model: model.folder, language: null });
  }
  /** Runs to the end. @returns how many tokens were taken over */
  async function run(trace: string, name: string, text: string): Promise<number> {
    await start(trace, name, text);
    const { outcome, failure } = await engine.finished(trace);
    assert.deepEqual([outcome, failure], ['complete', null]);
    const { plan } = await engine.until('planned', (message) => message.trace === trace);
    return plan.reused ?? 0;
  }
  const release = (trace: string, again = false): void =>
    engine.post({ type: 'release', trace, ...(again && { again }) });
  const eventsOf = (trace: string): string[] =>
    engine.log.flatMap((one) =>
      'trace' in one && one.trace === trace && one.type !== 'picture' && one.type !== 'loading'
        ? [one.type]
        : [],
    );

  /** Asserts that a finished trace holds what a run computes that knows of no other text. */
  async function sameAsFresh(trace: string, name: string, text: string): Promise<void> {
    const events = eventsOf(trace);
    const numbers = await traceNumbers(engine, trace);
    const pictures = await overviewsOf(engine, trace);
    for (const one of engine.log) if (one.type === 'planned') release(one.trace);
    assert.equal(await run('fresh', name, text), 0);
    assert.deepEqual(events, eventsOf('fresh'));
    assertSame(numbers, await traceNumbers(engine, 'fresh'), tolerance);
    if (tolerance === 0) assert.deepEqual(pictures, await overviewsOf(engine, 'fresh'));
  }

  for (const model of DECODERS)
    for (const [what, { text, reused }] of Object.entries(EDITS))
      it(`${model}: ${what}`, async () => {
        await run('before', model, TEXT);
        // What is measured of the first text is taken over, too.
        for (const hideSpecials of [false, true])
          await engine.ask('before', { name: 'heads', question: { hideSpecials } });
        assert.equal(await run('after', model, text), reused);
        await sameAsFresh('after', model, text);
      });

  it('one edit after another, the earlier traces gone', async () => {
    const last = 'the cat sat';
    const texts = [`${TEXT} a`, `${TEXT} ab`, `${TEXT} ac`, TEXT, `${TEXT} sad`, last];
    await run('t0', LLAMA, TEXT);
    for (const [i, text] of texts.entries()) {
      release(`t${i}`, true);
      assert.ok((await run(`t${i + 1}`, LLAMA, text)) > 0);
    }
    await sameAsFresh('t6', LLAMA, last);
  });

  it('a run that was cancelled in between: what it had in common is still good', async () => {
    await run('before', LLAMA, TEXT);
    const other = TEXT.replace('mat', 'mice that were fat');
    await start('cancelled', LLAMA, other);
    await engine.until('layer', ({ trace }) => trace === 'cancelled');
    engine.post({ type: 'cancel', trace: 'cancelled' });
    assert.equal((await engine.finished('cancelled')).outcome, 'cancelled');
    // t, h, e … m is common to all three.
    const text = TEXT.replace('mat', 'man');
    assert.equal(await run('after', LLAMA, text), 14);
    await sameAsFresh('after', LLAMA, text);
  });

  it('a newer run, which takes the place of one that goes on from the same text', async () => {
    await run('before', LLAMA, TEXT);
    release('before', true);
    await start('overtaken', LLAMA, `${TEXT} a`);
    release('overtaken', true);
    assert.equal(await run('after', LLAMA, `${TEXT} ab`), LETTERS);
    assert.ok(
      !engine.log.some((one) => one.type === 'loading' && one.trace === 'after'),
      'between the two no trace needs the model, which stays',
    );
    await sameAsFresh('after', LLAMA, `${TEXT} ab`);
  });

  it('another model: nothing of the one before is of use to it, nor to itself afterwards', async () => {
    await run('before', LLAMA, TEXT);
    assert.equal(await run('other', GPT2, `${TEXT}e`), 0);
    assert.equal(await run('after', LLAMA, `${TEXT}e`), 0);
    await sameAsFresh('after', LLAMA, `${TEXT}e`);
  });

  it('a text released for good: nothing is kept of it', async () => {
    await run('before', LLAMA, TEXT);
    assert.ok((await engine.memory()).kept > 0);
    release('before');
    const { kept, traces, traceBytes } = await engine.memory();
    assert.deepEqual({ kept, traces, traceBytes }, { kept: 0, traces: 0, traceBytes: 0 });
  });

  it('a text released while the next one is read, and that one stopped: nothing is kept', async () => {
    await run('before', LLAMA, TEXT);
    release('before', true);
    await start('after', LLAMA, `${TEXT} and more`);
    release('after');
    assert.equal((await engine.finished('after')).outcome, 'cancelled');
    const { kept, traces, traceBytes } = await engine.memory();
    assert.deepEqual({ kept, traces, traceBytes }, { kept: 0, traces: 0, traceBytes: 0 });
  });

  it('the numbers that two traces share count once', async () => {
    await run('before', LLAMA, TEXT);
    const one = await engine.memory();
    await run('after', LLAMA, `${TEXT}e`);
    const two = await engine.memory();
    assert.equal(two.traces, 2);
    assert.ok(two.traceBytes < 1.5 * one.traceBytes, `${one.traceBytes} → ${two.traceBytes}`);
  });

  it('a budget for traces alone: what is kept for the next text goes first, and the trace stays', async () => {
    await run('before', LLAMA, TEXT);
    const { traceBytes } = await engine.memory();
    engine.close();
    engine = new EngineHarness(traceBytes - 1);
    await run('before', LLAMA, TEXT);
    assert.equal((await engine.memory()).kept, 0);
    assert.ok(!engine.log.some(({ type }) => type === 'evicted'));
    assert.equal(await run('after', LLAMA, `${TEXT}e`), 0);
    await sameAsFresh('after', LLAMA, `${TEXT}e`);
  });

  it('a budget that is full: what the run goes on from stays until it is over', async () => {
    await run('before', LLAMA, TEXT);
    const { traceBytes } = await engine.memory();
    engine.close();
    engine = new EngineHarness(traceBytes);
    await run('before', LLAMA, TEXT);
    assert.ok((await engine.memory()).kept > 0);
    assert.equal(await run('after', LLAMA, `${TEXT}e`), LETTERS);
    assert.ok((await engine.memory()).traceBytes <= traceBytes);
    await sameAsFresh('after', LLAMA, `${TEXT}e`);
  });

  it('angles that depend on the length of the text: shared only where it does not stretch them', async () => {
    const stretched = (max: number): Promise<SpelledModel> =>
      spelledModel(LLAMA, {
        rope_scaling: { rope_type: 'dynamic', factor: 2 },
        max_position_embeddings: max,
      });
    models.set('short', await stretched(LETTERS));
    models.set('long', await stretched(64));
    await run('a', 'short', TEXT);
    assert.equal(await run('b', 'short', `${TEXT}e`), 0);
    await sameAsFresh('b', 'short', `${TEXT}e`);
    await run('c', 'long', TEXT);
    assert.equal(await run('d', 'long', `${TEXT}e`), LETTERS);
  });
}

function assertSame(actual: TraceNumbers, expected: TraceNumbers, tolerance: number): void {
  assert.deepEqual(Object.keys(actual), Object.keys(expected));
  for (const [what, wanted] of Object.entries(expected)) {
    const given = actual[what]!;
    assert.equal(given.length, wanted.length, what);
    for (const [i, number] of wanted.entries())
      assert.ok(
        Math.abs(given[i]! - number) <= tolerance,
        `${what}, ${i}: ${given[i]} ≠ ${number}`,
      );
  }
}
