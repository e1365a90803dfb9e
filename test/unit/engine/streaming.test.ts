import assert from 'node:assert/strict';
import { EngineHarness } from '../../support/engineHarness';
import { atMost } from '../../support/writings';

describe('a run, streamed', () => {
  let engine: EngineHarness;
  beforeEach(() => {
    engine = new EngineHarness();
  });
  afterEach(() => engine.close());
  // Engines in one thread share tfjs: the one before must have cleaned up.
  beforeEach(async () => {
    const { tensors, weights } = await engine.memory();
    assert.equal(tensors, weights);
  });

  it('tells the plan, then every layer, then every token, then the end', async () => {
    engine.run('a');
    const end = await engine.finished('a');
    const order = engine.log
      .filter(({ type }) => ['planned', 'layer', 'token', 'finished'].includes(type))
      .map(({ type }) => type);
    assert.deepEqual(order.slice(0, 4), ['planned', 'layer', 'layer', 'layer']);
    assert.deepEqual(new Set(order.slice(4, -1)), new Set(['token']));
    assert.equal(end.outcome, 'complete');
    assert.equal(end.output, "L'animal n'a pas traversé la rue parce qu'il était trop fatigué.");
    assert.equal(end.memory.tensors, end.memory.weights);
  });

  it('gives tokens the very characters they stand for', async () => {
    engine.run('a');
    const { plan } = await engine.until('planned');
    const labels = plan.source.map(({ label }) => label);
    assert.deepEqual(labels.slice(0, 4), ['>>fra<<', 'The', 'animal', 'didn']);
    for (const { span, label, special } of plan.source) {
      if (!special) assert.equal(plan.text.slice(...span!), label);
    }
    await engine.finished('a');
    const written = engine.log.flatMap((message) =>
      message.type === 'token' ? [message.written] : [],
    );
    assert.ok(written.some(({ token }) => token.label === 'il'));
    for (const { candidates, probability, token } of written) {
      assert.equal(candidates[0]!.id, token.id, 'greedy writes the likeliest');
      assert.equal(candidates[0]!.probability, probability);
      assert.ok(candidates.reduce((sum, one) => sum + one.probability, 0) <= 1 + 1e-9);
    }
  });

  it('keeps credit for a run that takes the place of an older one of its id', async () => {
    engine.run('a');
    await engine.until('planned');
    engine.run('a', 'Good night.');
    engine.post({ type: 'credit', trace: 'a', pictures: 1000 });
    await engine.until('finished', ({ outcome }) => outcome === 'complete');
    const plan = engine.log.findLastIndex(({ type }) => type === 'planned');
    assert.ok(engine.log.slice(plan).some(({ type }) => type === 'picture'));
  });

  it('computes without a viewer and sends pictures only against credit', async () => {
    engine.run('a');
    await engine.finished('a');
    const pictures = (): number => engine.log.filter(({ type }) => type === 'picture').length;
    assert.equal(pictures(), 0);
    engine.post({ type: 'credit', trace: 'a', pictures: 2 });
    await engine.memory();
    assert.equal(pictures(), 2);
    engine.post({ type: 'credit', trace: 'a', pictures: 100 });
    await engine.memory();
    assert.equal(pictures(), 9, 'three layers of three stacks, each once');
    engine.post({ type: 'repaint', trace: 'a' });
    engine.post({ type: 'credit', trace: 'a', pictures: 100 });
    await engine.memory();
    assert.equal(pictures(), 18, 'and all again for a new viewer');
  });

  it('keeps credit that came before the trace', async () => {
    engine.run('a');
    engine.post({ type: 'repaint', trace: 'a' });
    engine.post({ type: 'credit', trace: 'a', pictures: 4 });
    await engine.finished('a');
    assert.equal(engine.log.filter(({ type }) => type === 'picture').length, 4);
  });

  it('paints a layer before the next is computed', async () => {
    engine.run('a');
    await engine.until('planned');
    engine.post({ type: 'credit', trace: 'a', pictures: 1 });
    await engine.finished('a');
    const types = engine.log.map((m) => (m.type === 'layer' ? `layer ${m.layer.layer}` : m.type));
    assert.ok(types.indexOf('picture') < types.indexOf('layer 1'), types.join());
  });

  it('cancels within a layer and frees its tensors', async () => {
    engine.run('a');
    await engine.until('layer');
    engine.post({ type: 'cancel', trace: 'a' });
    const end = await engine.finished('a');
    assert.equal(end.outcome, 'cancelled');
    assert.equal(end.failure?.code, 'run.cancelled');
    const layers = engine.log.filter(({ type }) => type === 'layer').length;
    assert.ok(layers <= 2, `${layers} layers`);
    assert.equal(end.memory.tensors, end.memory.weights);
  });

  it('cancels the older run when a newer comes, and finishes the newer', async () => {
    engine.run('a');
    await engine.until('layer');
    engine.run('b', 'All is well.');
    assert.equal((await engine.finished('a')).outcome, 'cancelled');
    const end = await engine.finished('b');
    assert.equal(end.outcome, 'complete');
    assert.equal(end.memory.tensors, end.memory.weights);
    const stray = engine.log.slice(
      engine.log.findIndex((m) => m.type === 'planned' && m.trace === 'b'),
    );
    assert.ok(stray.every((m) => !('trace' in m) || m.trace === 'b'));
  });

  it('frees a trace that nobody looks at any more, even before it began', async () => {
    engine.run('a');
    engine.post({ type: 'release', trace: 'a' });
    await engine.finished('a');
    engine.run('b');
    await engine.finished('b');
    engine.post({ type: 'release', trace: 'b' });
    const memory = await engine.memory();
    assert.deepEqual([memory.traces, memory.traceBytes], [0, 0]);
    assert.equal(memory.tensors, memory.weights);
  });

  it('keeps to its byte budget by letting the oldest trace go', async () => {
    engine.close();
    const budget = 1_500_000;
    engine = new EngineHarness(budget);
    for (const trace of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n']) {
      engine.run(trace, undefined, { writing: atMost(20) });
      const { memory, outcome } = await engine.finished(trace);
      assert.equal(outcome, 'complete');
      assert.ok(memory.traceBytes <= budget);
    }
    assert.deepEqual((await engine.until('evicted')).trace, 'a');
    await assert.rejects(
      engine.ask('a', { name: 'positionCurve', question: { side: 'source', origin: 0 } }),
      /trace.gone/,
    );
  });

  it('writes Chinese when asked', async () => {
    engine.run('a', undefined, { language: 'cmn' });
    assert.match((await engine.finished('a')).output, /^\p{Script=Han}+/u);
  });

  it('computes the same in plain JavaScript', async () => {
    engine.close();
    engine = new EngineHarness(2 ** 30, 'cpu');
    assert.equal((await engine.until('up')).backend, 'cpu');
    engine.run('a', 'All is well.');
    assert.equal((await engine.finished('a')).output, 'Tout est bien.');
  });
});
