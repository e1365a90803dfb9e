import assert from 'node:assert/strict';
import type { Inspection } from '../../src/host/inspection/inspection';
import type { TestApi } from '../../src/host/testApi';
import { textOf } from '../fixtures/randomMarian';
import { largeModel } from './largeModel';
import { FRENCH, ANIMAL } from './sentences';
import {
  builtInSubject,
  fromPage,
  hasLayers,
  headlight,
  isOver,
  looseTensors,
  startOver,
  subjectFor,
  toPage,
} from './headlight';

const TOKENS = 256;
/** Enough for an engine that works, on a busy machine; a product that waits a minute is too slow to test. */
const SHORT_SILENCE_MS = 10_000;

describe('a crash of the engine', () => {
  let api: TestApi;
  let folder: string;
  before(async () => {
    api = await headlight();
    folder = await largeModel();
  });
  afterEach(() => startOver(api));

  for (const place of ['thread', 'child'] as const)
    it(`in the middle of a run in a ${place}: started again, run anew, the panel says so`, async () => {
      api.switches.place = place;
      api.inspect(subjectFor(folder, textOf(TOKENS)));
      const before = await api.waitFor(hasLayers(2));
      await fromPage(api, 'credit');
      assert.equal(api.engineKind(), place);
      const notice = toPage(api, 'notice');
      const trace = toPage(api, 'trace');
      api.crashEngine();
      assert.equal((await notice).notice?.failure.code, 'engine.crashed');
      assert.notEqual((await trace).snapshot.trace, before.snapshot.trace);
      const after = await api.waitFor(isOver);
      assert.equal(after.snapshot.outcome, 'complete');
      assert.equal(after.snapshot.layers.length, 12);
      assert.equal(after.subject, before.subject);
      assert.equal(api.engineKind(), place);
      assert.equal(await looseTensors(api), 0);
    });

  it('is followed by a process of its own, and the same numbers', async () => {
    api.switches.place = 'auto';
    api.inspect(builtInSubject(api, ANIMAL));
    const before = await api.waitFor(isOver);
    api.crashEngine();
    const after = await api.waitFor(
      (now) => isOver(now) && now.snapshot.trace !== before.snapshot.trace,
    );
    assert.equal(api.engineKind(), 'child');
    assert.equal(after.snapshot.output, FRENCH);
    const numbers = ({ snapshot }: Inspection) =>
      snapshot.written.map((one) => ({ ...one, milliseconds: 0 }));
    assert.deepEqual(numbers(after), numbers(before));
  });

  it('without an exit, only silence, is noticed all the same', async () => {
    api.switches.place = 'child';
    api.switches.silenceLimitMs = SHORT_SILENCE_MS;
    api.inspect(builtInSubject(api, ANIMAL));
    const before = await api.waitFor(isOver);
    api.switches.silenceLimitMs = null;
    const notice = toPage(api, 'notice', ({ notice: said }) => said !== null);
    api.freezeEngine();
    // Nothing is owed so far; this is.
    await assert.rejects(api.memory());
    assert.equal((await notice).notice?.failure.code, 'engine.crashed');
    const after = await api.waitFor(
      (now) => isOver(now) && now.snapshot.trace !== before.snapshot.trace,
    );
    assert.equal(after.snapshot.output, FRENCH);
  });

  it('that repeats ends in advice, and the reader can still start anew', async () => {
    api.inspect(subjectFor(folder, textOf(TOKENS)));
    const first = await api.waitFor(hasLayers(1));
    await fromPage(api, 'credit');
    api.crashEngine();
    await api.waitFor((now) => hasLayers(1)(now) && now.snapshot.trace !== first.snapshot.trace);
    const advice = toPage(api, 'notice', ({ notice }) => notice?.failure.code === 'engine.gaveUp');
    api.crashEngine();
    await advice;
    const { snapshot } = await api.waitFor(isOver);
    assert.equal(snapshot.outcome, 'failed');
    assert.equal(snapshot.failure?.code, 'engine.gaveUp');
    assert.equal(api.engineKind(), null);
    api.inspect(builtInSubject(api, ANIMAL));
    assert.equal((await api.waitFor(isOver)).snapshot.output, FRENCH);
  });
});
