// What-ifs: as trained equals the trace, what changes is what should, and a change that does nothing does nothing.
import assert from 'node:assert/strict';
import type { Change } from '../../../src/protocol/change';
import type { Answer, QueryName, Question } from '../../../src/protocol/queries';
import { numbersOf } from '../../../src/protocol/wireTensor';
import { EngineHarness } from '../../support/engineHarness';

const HEAD = { stack: 'encoder', layer: 1, head: 2 } as const;
const CROSS = { stack: 'cross', layer: 0, head: 1 } as const;

/** A residual that is not there cannot be told apart from one that is: nothing is muted. */
const NOTHING: Change = { kind: 'muted', heads: [] };

describe('what-ifs of the built-in model', function () {
  this.timeout(60_000);
  let engine: EngineHarness;
  before(async () => {
    engine = new EngineHarness();
    engine.run('a');
    await engine.finished('a');
  });
  after(async () => {
    const { tensors, weights } = await engine.memory();
    engine.close();
    assert.equal(tensors - weights, 0, 'no tensor is left');
  });

  const ask = <N extends QueryName>(name: N, question: Question<N>): Promise<Answer<N>> =>
    engine.ask('a', { name, question } as never);

  const largest = (a: Float32Array, b: Float32Array): number =>
    a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

  it('as trained, the row is the trace’s row', async () => {
    const { asTrained, changed, moved } = await ask('whatIf', {
      change: NOTHING,
      ...HEAD,
      query: 3,
    });
    const { weights } = await ask('row', {
      ...HEAD,
      direction: 'looksAt',
      hideSpecials: false,
      unit: 'token',
      token: 3,
    });
    assert.ok(largest(numbersOf(asTrained.weights), numbersOf(weights)) < 1e-6);
    assert.deepEqual(changed, asTrained);
    assert.deepEqual(moved, { queries: 0, keys: 0, values: 0 });
  });

  it('without 1/√d_k every score is √d_k times as large, the variance d_k times', async () => {
    const scope = { ...HEAD } as const;
    const change: Change = { kind: 'scoreFunction', function: 'dot', scope };
    const { asTrained, changed, moved } = await ask('whatIf', { change, ...HEAD, query: 5 });
    const [before, now] = [numbersOf(asTrained.scores), numbersOf(changed.scores)];
    const { scores } = await ask('factors', {});
    const scale = scores.encoder[HEAD.layer]!;
    for (const [key, score] of before.entries())
      assert.ok(Math.abs(now[key]! * scale - score) < 1e-5 * Math.max(1, Math.abs(score)));
    assert.ok(Math.abs((changed.row.variance * scale * scale) / asTrained.row.variance - 1) < 1e-5);
    assert.ok(changed.row.largest > asTrained.row.largest);
    assert.ok(changed.mean!.entropy < asTrained.mean!.entropy);
    assert.deepEqual(moved, { queries: 0, keys: 0, values: 0 });
  });

  it('another token’s query brings that token’s row; keys and values do not move', async () => {
    const change: Change = { kind: 'otherQuery', scope: HEAD, token: 4, from: 6 };
    const own = await ask('whatIf', { change, ...HEAD, query: 4 });
    const lent = await ask('whatIf', { change, ...HEAD, query: 6 });
    assert.ok(largest(numbersOf(own.changed.weights), numbersOf(lent.asTrained.weights)) < 1e-6);
    assert.ok(own.moved.queries > 0.01);
    assert.deepEqual([own.moved.keys, own.moved.values], [0, 0]);
  });

  it('the matrix: pictures of both, cells that moved, exact rows', async () => {
    const change: Change = { kind: 'otherQuery', scope: HEAD, token: 4, from: 6 };
    const { asTrained, changed, moved } = await ask('whatIfMatrix', { change, ...HEAD });
    assert.equal(asTrained.queries, changed.queries);
    assert.ok(moved.length > 1);
    assert.deepEqual([...new Set(moved.map(({ query }) => query))], [4]);
    const sizes = moved.map((cell) => Math.abs(cell.changed - cell.asTrained));
    assert.deepEqual(
      sizes,
      [...sizes].sort((a, b) => b - a),
    );
    const rows = await ask('whatIfRows', { change, ...HEAD, from: 4, to: 6 });
    const { keys } = asTrained;
    assert.deepEqual(rows.changed.shape, [2, keys]);
    const { key, asTrained: before, changed: now } = moved[0]!;
    assert.equal(numbersOf(rows.asTrained)[key], before);
    assert.equal(numbersOf(rows.changed)[key], now);
    assert.deepEqual(
      numbersOf(rows.asTrained).slice(keys),
      numbersOf(rows.changed).slice(keys),
      'another row has not moved',
    );
  });

  it('the mask lifted shows weight on later tokens, where there was exactly none', async () => {
    const place = { stack: 'decoder', layer: 1, head: 0 } as const;
    const { asTrained, changed } = await ask('whatIf', {
      change: { kind: 'unmasked' },
      ...place,
      query: 2,
    });
    assert.equal(asTrained.seen, 3);
    assert.deepEqual(asTrained.later, { row: 0, mean: 0 });
    assert.ok(changed.seen > 3);
    assert.ok(changed.later!.row > 0 && changed.later!.mean > 0);
    assert.ok(numbersOf(asTrained.scores).slice(3).every(Number.isNaN));
  });

  it('as trained, teacher-forced probabilities are those of the run', async () => {
    const written = engine.log.flatMap((message) =>
      message.type === 'token' && message.trace === 'a' ? [message.written.probability] : [],
    );
    const { output, largest: most } = await ask('whatIfOutput', {
      change: NOTHING,
      position: null,
    });
    assert.equal(output.kind, 'written');
    assert.ok(output.kind === 'written' && output.steps.length === written.length);
    assert.equal(most, 0);
    for (const [i, step] of output.steps.entries()) {
      assert.ok(Math.abs(step.asTrained - written[i]!) < 1e-5);
      assert.equal(step.changed, step.asTrained);
      assert.equal(step.divergence, 0);
    }
  });

  it('a muted layer changes what is said; the candidates of both are told in both', async () => {
    const heads = Array.from({ length: 8 }, (_, head) => ({
      stack: 'encoder' as const,
      layer: 0,
      head,
    }));
    const { output, cosine } = await ask('whatIfOutput', {
      change: { kind: 'muted', heads },
      position: null,
    });
    assert.ok(output.kind === 'written');
    assert.ok(output.divergence > 0.01);
    assert.equal(output.divergence, Math.max(...output.steps.map((step) => step.divergence)));
    assert.ok(output.candidates.length >= 5);
    assert.ok(cosine < 0.9999);
  });

  it('written anew without a change, the text is the same', async () => {
    const { text, firstDifference, ended, tokens } = await ask('whatIfText', { change: NOTHING });
    assert.equal(firstDifference, null);
    assert.ok(ended && text.length > 10);
    assert.ok(tokens.every(({ probability }) => probability > 0 && probability <= 1));
  });

  it('written anew without the embeddings’ factor, it is another text from the first word on', async () => {
    const change: Change = { kind: 'embeddingUnscaled', side: 'source' };
    const { firstDifference, text } = await ask('whatIfText', { change });
    assert.equal(firstDifference, 0);
    assert.doesNotMatch(text, /animal/);
  });

  it('says which changes mean nothing while a text is written', async () => {
    await assert.rejects(
      ask('whatIfText', { change: { kind: 'unmasked' } }),
      /change\.nothingLater/,
    );
    for (const change of [
      { kind: 'otherQuery', scope: CROSS, token: 1, from: 2 },
      { kind: 'positionsSwapped', side: 'target', first: 1, second: 2 },
    ] as const)
      await assert.rejects(ask('whatIfText', { change }), /change\.otherTokens/);
  });

  it('lengths of embeddings: √d_model apart, beside the positions’', async () => {
    const { scale, scaled, unscaled, positions } = await ask('whatIfEmbedding', { side: 'source' });
    assert.ok(scale > 1);
    for (const [token, length] of numbersOf(scaled).entries())
      assert.ok(Math.abs(length / numbersOf(unscaled)[token]! - scale) < 1e-4);
    // d_model ÷ 2 pairs of sine and cosine.
    const half = Math.sqrt(scale ** 2 / 2);
    for (const length of numbersOf(positions!)) assert.ok(Math.abs(length - half) < 1e-3);
  });

  it('refuses heads and tokens that are not there', async () => {
    const change = NOTHING;
    await assert.rejects(ask('whatIf', { change, ...HEAD, head: 99, query: 0 }), /trace\.noHead/);
    await assert.rejects(ask('whatIf', { change, ...HEAD, query: 999 }), /trace\.noToken/);
    await assert.rejects(
      ask('whatIf', {
        change: { kind: 'otherQuery', scope: CROSS, token: 1, from: 999 },
        ...CROSS,
        query: 0,
      }),
      /trace\.noToken/,
    );
    await assert.rejects(
      ask('whatIfRows', { change, ...HEAD, from: 0, to: 999 }),
      /trace\.noToken/,
    );
  });
});

describe('what-ifs of other models', function () {
  this.timeout(120_000);
  const cases = [
    ['stories-rotary', 'Tim saw a dog.', 'tokens', 'decoder'],
    ['stories-alibi', 'Tim saw a dog.', 'tokens', 'decoder'],
    ['masked-words', 'the dog sees the [MASK] .', 'tokens', 'encoder'],
    ['feelings', 'what a good day', 'sequenceLabels', 'encoder'],
    ['names', 'Anna lives in Paris .', 'tokenLabels', 'encoder'],
    ['copy-relative', 'reverse: sun dog tree', 'written', 'encoder'],
  ] as const;
  for (const [folder, text, kind, stack] of cases) {
    it(`${folder}: shifted by 2, where only distances count nothing changes; muted, the output does`, async () => {
      const engine = new EngineHarness();
      try {
        const model = `test/fixtures/models/${folder}`;
        engine.run('m', text, { model, language: null });
        const finished = await engine.finished('m');
        assert.equal(finished.outcome, 'complete', JSON.stringify(finished));
        const ask = <N extends QueryName>(name: N, question: Question<N>): Promise<Answer<N>> =>
          engine.ask('m', { name, question } as never);
        const heads = Array.from({ length: 2 }, (_, head) => ({ stack, layer: 0, head }));
        const muted = await ask('whatIfOutput', {
          change: { kind: 'muted', heads },
          position: null,
        });
        assert.equal(muted.output.kind, kind);
        assert.ok(muted.largest > 1e-4);
        const planned = await engine.until('planned', ({ trace }) => trace === 'm');
        const { positionKind } = planned.plan.model;
        const relative = ['rotary', 'alibi', 'relativeBias'].includes(positionKind.kind);
        const change: Change = { kind: 'positionsShifted', side: 'source', by: 2 };
        const { largest } = await ask('whatIfOutput', { change, position: 0 });
        assert.ok(relative ? largest < 1e-3 : largest > 1e-3, `${positionKind.kind} ${largest}`);
        const { tensors, weights, kept } = await engine.memory();
        assert.equal(tensors - weights - kept, 0);
      } finally {
        engine.close();
      }
    });
  }
});
