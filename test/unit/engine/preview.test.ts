// A first pass in 8 bits: shown as what it is, and gone without a trace when the exact one is there.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TraceEvent } from '../../../src/protocol/engineMessages';
import { traceEventSchema } from '../../../src/protocol/engineMessages';
import { errorOf } from '../../../src/protocol/previewed';
import { applyEvent, emptySnapshot } from '../../../src/protocol/traceMirror';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import { numbersOf } from '../../../src/protocol/wireTensor';
import * as v from 'valibot';
import { EngineHarness } from '../../support/engineHarness';
import { WIDE_LAYERS, wideModel } from '../../support/wideModel';
import { atMost } from '../../support/writings';

/** Long enough for the exact pass to take its time. */
const TEXT = 'the cat sat on the mat and so on. '.repeat(10);
const HEADS = 4;
/** Random weights in 768 and more dimensions move attention by less than this. */
const MOST_MOVED = 0.05;

describe('a preview in 8 bits', function () {
  this.timeout(120_000);
  let directory: string;
  let engine: EngineHarness;
  before(async () => (directory = await mkdtemp(path.join(os.tmpdir(), 'headlight-preview-'))));
  after(async () => {
    await rm(directory, { recursive: true });
    // Engines in one thread share tfjs: the next one begins with its own kernels.
    const stock = new EngineHarness();
    await stock.memory();
    stock.close();
  });
  beforeEach(() => {
    const wasmDirectory = path.resolve('dist/wasm');
    engine = new EngineHarness(2 ** 30, 'auto', { wasmDirectory, kernels: 'own' });
  });
  afterEach(async () => {
    const { tensors, weights, kept } = await engine.memory();
    engine.close();
    assert.equal(tensors - weights - kept, 0, 'no tensor is left');
  });

  const run = async (
    trace: string,
    family: 'bert' | 'gpt2',
    preview: 'off' | 'int8',
    text = TEXT,
  ): Promise<void> => {
    const model = await wideModel(directory, family);
    engine.run(trace, text, { model, language: null, trainedTokens: null, preview });
  };
  const events = (trace: string): TraceEvent[] =>
    engine.log.filter(
      (message): message is TraceEvent =>
        v.is(traceEventSchema, message) && message.trace === trace,
    );
  const snapshot = (trace: string): TraceSnapshot =>
    events(trace).reduce(applyEvent, emptySnapshot(trace, 'test'));
  const addressOf = (family: 'bert' | 'gpt2', layer: number | 'mean', head: number | 'mean') => ({
    stack: family === 'bert' ? ('encoder' as const) : ('decoder' as const),
    ...{ layer, head, hideSpecials: false, unit: 'token' as const },
  });
  const row = (
    trace: string,
    family: 'bert' | 'gpt2',
    layer: number,
    head: number,
    token: number,
  ) =>
    engine.ask(trace, {
      name: 'row',
      question: { ...addressOf(family, layer, head), token, direction: 'looksAt' },
    });
  /** Some rows of a layer's weights, and whether they are approximate. */
  const someRows = async (trace: string, family: 'bert' | 'gpt2', layer: number) => {
    const rows: Float32Array[] = [];
    let approximate = false;
    for (let head = 0; head < HEADS; head++)
      for (let token = 0; token < TEXT.length / 2; token += 23) {
        const answer = await row(trace, family, layer, head, token);
        rows.push(numbersOf(answer.weights));
        approximate ||= answer.approximate;
      }
    return { rows, approximate };
  };
  /** All that a run computed, byte for byte. */
  const wholeTrace = async (trace: string, family: 'bert' | 'gpt2'): Promise<unknown[]> => {
    const { plan, prediction } = snapshot(trace);
    const count = plan!.source.length;
    const parts: unknown[] = [prediction];
    for (let layer = 0; layer < WIDE_LAYERS; layer++)
      for (let head = 0; head < HEADS; head++) {
        const question = { ...addressOf(family, layer, head), from: 0, to: count };
        const { data } = await engine.ask(trace, { name: 'matrixRows', question });
        parts.push(new Uint8Array(data));
        const { norms, approximate } = await row(trace, family, layer, head, count - 1);
        parts.push(new Uint8Array(norms.data), approximate);
      }
    for (let token = 0; family === 'gpt2' && token < count; token += 23)
      parts.push(await engine.ask(trace, { name: 'candidates', question: { token } }));
    return parts;
  };
  /** Cancelled when all layers are there approximately and one of them exactly. */
  const cancelled = async (family: 'bert' | 'gpt2'): Promise<TraceSnapshot> => {
    await run('cancelled', family, 'int8');
    await engine.until('layer', ({ trace }) => trace === 'cancelled');
    engine.post({ type: 'cancel', trace: 'cancelled' });
    await engine.finished('cancelled');
    return snapshot('cancelled');
  };

  for (const family of ['bert', 'gpt2'] as const)
    describe(family, () => {
      it('comes first, layer by layer, and is replaced in the same order', async () => {
        await run('a', family, 'int8');
        await engine.finished('a');
        const told = events('a').flatMap((event) =>
          event.type === 'previewed' || event.type === 'layer'
            ? [`${event.type} ${event.layer.layer}`]
            : event.type === 'predicted'
              ? [event.type]
              : [],
        );
        const layers = Array.from({ length: WIDE_LAYERS }, (_, layer) => layer);
        assert.deepEqual(told, [
          ...layers.map((layer) => `previewed ${layer}`),
          ...layers.map((layer) => `layer ${layer}`),
          ...(family === 'gpt2' ? ['predicted'] : []),
        ]);
        const { plan, previewed, outcome } = snapshot('a');
        assert.equal(outcome, 'complete');
        assert.deepEqual(plan!.preview, { kind: 'int8' });
        assert.deepEqual(previewed!.approximate, []);
        const { largest, mean } = errorOf(previewed!.errors)!;
        assert.ok(largest > mean && mean > 0 && largest < MOST_MOVED, `${largest}, ${mean}`);
      });

      it('leaves the very numbers of a run without one', async () => {
        const traces: unknown[][] = [];
        for (const preview of ['int8', 'off'] as const) {
          await run(preview, family, preview);
          await engine.finished(preview);
          assert.equal(snapshot(preview).previewed === null, preview === 'off');
          traces.push(await wholeTrace(preview, family));
          // Another text in between, so that nothing is known of this one.
          await run(`after ${preview}`, family, 'off', 'a dog ran');
          await engine.finished(`after ${preview}`);
        }
        assert.deepEqual(traces[0], traces[1]);
      });

      it('stays marked when the run is cancelled, and is not given away', async () => {
        const { previewed, layers, outcome, plan } = await cancelled(family);
        assert.equal(outcome, 'cancelled');
        const exact = layers.length;
        assert.ok(exact > 0 && exact < WIDE_LAYERS, `${exact} exact layers`);
        assert.equal(previewed!.approximate.length, WIDE_LAYERS - exact);
        for (let layer = 0; layer < WIDE_LAYERS; layer++) {
          const { approximate } = await row('cancelled', family, layer, 0, 5);
          assert.equal(approximate, layer >= exact, `row of layer ${layer}`);
          const question = addressOf(family, layer, 0);
          const matrix = await engine.ask('cancelled', { name: 'matrix', question });
          assert.equal(matrix.approximate, layer >= exact, `matrix of layer ${layer}`);
          const whole = { ...question, from: 0, to: 1 };
          const rows = engine.ask('cancelled', { name: 'matrixRows', question: whole });
          if (layer < exact) await rows;
          else await assert.rejects(rows, { message: 'trace.approximate' });
        }
        const mean = await engine.ask('cancelled', {
          name: 'matrix',
          question: addressOf(family, 'mean', 'mean'),
        });
        assert.equal(mean.approximate, true, 'one approximate layer makes the mean approximate');
        const heads = await engine.ask('cancelled', {
          name: 'heads',
          question: { hideSpecials: false },
        });
        assert.deepEqual(
          [...new Set(heads.map(({ layer }) => layer))],
          layers.map(({ layer }) => layer),
        );
        const stack = addressOf(family, 0, 0).stack;
        const place = { stack, layer: 0, head: 0, query: 1, key: null };
        await assert.rejects(engine.ask('cancelled', { name: 'steps', question: place }), {
          message: 'trace.approximate',
        });
        engine.post({ type: 'credit', trace: 'cancelled', pictures: 100 });
        await engine.memory();
        for (const event of events('cancelled'))
          if (event.type === 'picture')
            assert.equal(event.picture.approximate, event.layer.layer >= exact);
        assert.equal(snapshot('cancelled').prediction, null);
        assert.equal(plan!.preview?.kind, 'int8');
      });

      it('is measured against what takes its place', async () => {
        const { layers } = await cancelled(family);
        const about = await someRows('cancelled', family, WIDE_LAYERS - 1);
        assert.ok(about.approximate && layers.length < WIDE_LAYERS);
        await run('whole', family, 'int8');
        await engine.finished('whole');
        const exact = await someRows('whole', family, WIDE_LAYERS - 1);
        assert.equal(exact.approximate, false);
        let moved = 0;
        for (const [i, weights] of exact.rows.entries())
          for (const [key, weight] of weights.entries())
            moved = Math.max(moved, Math.abs(weight - about.rows[i]![key]!));
        const { previewed } = snapshot('whole');
        // Of some rows, among which the worst may not be.
        const { largest, mean } = previewed?.errors.at(-1) ?? assert.fail('nothing was measured');
        assert.ok(moved > mean && moved <= largest, `${moved}: ${mean} to ${largest}`);
      });
    });

  it('takes its weights along when it is not wanted any more', async () => {
    await run('a', 'bert', 'int8');
    await engine.finished('a');
    const { weights } = await engine.memory();
    await run('b', 'bert', 'off');
    await engine.finished('b');
    const { weights: after } = await engine.memory();
    // Of each layer six maps: weights, factors, sums.
    assert.equal(weights - after, WIDE_LAYERS * 6 * 3);
  });

  it('is not made where it would not help, and says why', async () => {
    const why = async (trace: string): Promise<string | undefined> => {
      await engine.finished(trace);
      const { preview } = snapshot(trace).plan!;
      return preview?.kind === 'none' ? preview.why.code : undefined;
    };
    await run('short', 'bert', 'int8', 'a dog ran');
    assert.equal(await why('short'), 'preview.quick');
    engine.run('writes', TEXT, { preview: 'int8', writing: atMost(1) });
    assert.equal(await why('writes'), 'preview.writes');
    assert.deepEqual(snapshot('writes').previewed, null);
  });

  it('needs our own kernels', async () => {
    engine.close();
    engine = new EngineHarness();
    await run('stock', 'bert', 'int8');
    await engine.finished('stock');
    const { plan, previewed } = snapshot('stock');
    assert.deepEqual(plan!.preview, { kind: 'none', why: { code: 'preview.kernels', args: {} } });
    assert.equal(previewed, null);
  });
});
