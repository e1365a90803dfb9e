// Questions for which the model runs again: answered, followed, given up, interrupted, never leaking.
import assert from 'node:assert/strict';
import { numbersOf } from '../../../src/protocol/wireTensor';
import type { Query } from '../../../src/protocol/queries';
import { EngineHarness } from '../../support/engineHarness';
import { atMost } from '../../support/writings';

const stream = (
  token: number,
  change: Extract<Query, { name: 'stream' }>['question']['change'] = null,
): Extract<Query, { name: 'stream' }> => ({
  name: 'stream',
  question: { half: 'encoder', token, change },
});

describe('studies', function () {
  this.timeout(60_000);
  let engine: EngineHarness;
  before(async () => {
    engine = new EngineHarness();
    engine.run('a');
    await engine.finished('a');
  });
  after(() => engine.close());

  it('answers from another pass over the same tokens, and leaves no tensor behind', async () => {
    const before = await engine.memory();
    const answer = await engine.ask('a', stream(3));
    const after = await engine.memory();
    const places = answer.places.length;
    assert.ok(places > 2);
    assert.equal(answer.places[0]!.after, 'embedding');
    assert.equal(numbersOf(answer.asTrained.norms).length, places);
    assert.ok(Math.abs(numbersOf(answer.asTrained.toLast)[places - 1]! - 1) < 1e-6);
    assert.equal(after.tensors, before.tensors);
    assert.ok(after.traceBytes > before.traceBytes, 'what was computed again is counted');
  });

  it('a cut residual changes the stream after it and nothing before', async () => {
    const change = {
      kind: 'residualCut',
      stack: 'encoder',
      layer: 1,
      subLayer: 'attention',
    } as const;
    const { places, asTrained, changed } = await engine.ask('a', stream(3, change));
    const first = places.findIndex(({ layer, after }) => layer === 1 && after === 'attention');
    const [trained, cut] = [numbersOf(asTrained.norms), numbersOf(changed!.norms)];
    assert.deepEqual(trained.slice(0, first), cut.slice(0, first));
    for (let place = first; place < places.length; place++)
      assert.notEqual(trained[place], cut[place]);
  });

  it('tells how far it is', async () => {
    const { request, reply } = engine.query(
      'a',
      stream(2, { kind: 'positionsOff', side: 'source' }),
    );
    assert.equal((await reply).type, 'answer');
    const told = engine.log.flatMap((message) =>
      message.type === 'progress' && message.request === request ? [message.fraction] : [],
    );
    assert.ok(told.length > 2);
    assert.deepEqual(
      told,
      [...told].sort((a, b) => a - b),
    );
    assert.ok(told.at(-1)! > 0.99);
  });

  it('is given up when nobody waits any more', async () => {
    const change = { kind: 'positionsShifted', side: 'source', by: 3 } as const;
    const { request, reply } = engine.query('a', stream(2, change));
    engine.post({ type: 'withdraw', request });
    const refused = await reply;
    assert.equal(refused.type === 'refused' && refused.failure.code, 'run.cancelled');
  });

  it('waits while a new run goes first, and is answered after it', async () => {
    const change = { kind: 'positionsShifted', side: 'source', by: 4 } as const;
    const { request, reply } = engine.query('a', stream(2, change));
    engine.run('b');
    assert.equal((await reply).type, 'answer');
    const types = engine.log.map((message) =>
      message.type === 'finished'
        ? `finished ${message.trace}`
        : message.type === 'answer' && message.request === request
          ? 'answered'
          : '',
    );
    assert.ok(types.indexOf('finished b') < types.indexOf('answered'));
    const { tensors, weights } = await engine.memory();
    assert.equal(tensors - weights, 0);
  });

  it('lets a new run pass studies that only wait', async () => {
    const change = (by: number) => ({ kind: 'positionsShifted', side: 'source', by }) as const;
    const asked = [5, 6, 7, 8].map((by) => engine.query('a', stream(2, change(by))));
    engine.run('c');
    await Promise.all(asked.map(({ reply }) => reply));
    await engine.finished('c');
    const answers = engine.log.flatMap((message, at) =>
      message.type === 'answer' && asked.some(({ request }) => request === message.request)
        ? [at]
        : [],
    );
    const end = engine.log.findIndex(
      ({ type, ...one }) => type === 'finished' && 'trace' in one && one.trace === 'c',
    );
    assert.equal(answers.length, 4);
    assert.ok(answers.every((at) => at > end));
  });

  it('of two hundred quick questions computes none but those still wanted', async () => {
    const asked = Array.from({ length: 200 }, (_, i) =>
      engine.query('a', stream(2, { kind: 'positionsShifted', side: 'source', by: 10 + (i % 20) })),
    );
    for (const { request } of asked.slice(0, -1)) engine.post({ type: 'withdraw', request });
    const replies = await Promise.all(asked.map(({ reply }) => reply));
    assert.equal(replies.filter(({ type }) => type === 'answer').length, 1);
    const computed = new Set(
      engine.log.flatMap((message) => (message.type === 'progress' ? [message.request] : [])),
    );
    assert.deepEqual(
      asked.filter(({ request }) => computed.has(request)),
      asked.slice(-1),
    );
  });

  it('says so when its trace goes, and computes no further', async () => {
    engine.run('gone');
    await engine.finished('gone');
    const asked = [1, 2].map((by) =>
      engine.query('gone', stream(2, { kind: 'positionsShifted', side: 'source', by })),
    );
    await engine.until('progress', ({ request }) => request === asked[0]!.request);
    engine.post({ type: 'release', trace: 'gone' });
    for (const { reply } of asked) {
      const refused = await reply;
      assert.equal(refused.type === 'refused' && refused.failure.code, 'trace.gone');
    }
  });

  it('refuses what the model does not have, with a reason', async () => {
    await assert.rejects(engine.ask('a', stream(1000)), /trace\.noToken/);
    const change = {
      kind: 'residualCut',
      stack: 'encoder',
      layer: 99,
      subLayer: 'attention',
    } as const;
    await assert.rejects(engine.ask('a', stream(1, change)), /trace\.noLayer/);
  });
});

describe('studies in little memory', function () {
  this.timeout(60_000);
  // Room is made for all that a run may write: here not much more than it does.
  const SHORT = { writing: atMost(12) };

  it('gives up what can be computed again before any trace, and answers all the same', async () => {
    const roomy = new EngineHarness();
    roomy.run('a', undefined, SHORT);
    const budget = 4 * (await roomy.finished('a')).memory.traceBytes;
    roomy.close();
    const engine = new EngineHarness(budget);
    for (const trace of ['a', 'b']) {
      engine.run(trace, undefined, SHORT);
      await engine.finished(trace);
    }
    for (const trace of ['a', 'b', 'a']) {
      await engine.ask(trace, stream(2));
      const { traceBytes, traces } = await engine.memory();
      assert.ok(traceBytes <= budget);
      assert.equal(traces, 2);
    }
    engine.close();
  });
});
