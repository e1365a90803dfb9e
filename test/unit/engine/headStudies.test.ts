// What heads, neurons, norms and token tables do, on the model that comes along and the trained fixtures.
import assert from 'node:assert/strict';
import path from 'node:path';
import type { Answer, Question } from '../../../src/protocol/queries';
import { numbersOf, type WireTensor } from '../../../src/protocol/wireTensor';
import { cosine, norm } from '../../../src/analysis/vectors';
import { EngineHarness } from '../../support/engineHarness';

const fixture = (name: string): string => path.resolve(`test/fixtures/models/${name}`);
const MODELS = {
  translator: null,
  'stories-rotary': fixture('stories-rotary'),
  'stories-alibi': fixture('stories-alibi'),
  'masked-words': fixture('masked-words'),
  'copy-relative': fixture('copy-relative'),
  feelings: fixture('feelings'),
} as const;
type Name = keyof typeof MODELS;

const TEXTS: Readonly<Record<Name, string>> = {
  translator: "The animal didn't cross the street because it was too tired.",
  'stories-rotary': 'Ada found a small key',
  'stories-alibi': 'Ada found a small key',
  'masked-words': 'the small cat sleeps',
  'copy-relative': 'copy: sun dog tree',
  feelings: 'what a good day',
};

const rowsOf = ({ shape, data }: WireTensor): Float32Array[] => {
  const [rows = 0, width = 0] = shape;
  return Array.from({ length: rows }, (_, row) => new Float32Array(data, 4 * row * width, width));
};
const total = (numbers: Iterable<number>): number =>
  [...numbers].reduce((sum, one) => sum + one, 0);
const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (one, i) => Math.abs(one - b[i]!)));

describe('studies of heads, neurons, norms and tables', function () {
  this.timeout(120_000);
  let engine: EngineHarness;
  let tensors: number;
  before(async () => {
    engine = new EngineHarness();
    for (const [name, model] of Object.entries(MODELS)) {
      const more = model === null ? {} : { model, language: null };
      engine.run(name, TEXTS[name as Name], more);
      await engine.finished(name);
    }
    tensors = (await engine.memory()).tensors;
  });
  afterEach(async () => assert.equal((await engine.memory()).tensors, tensors, 'none is left'));
  after(() => engine.close());

  const heads = (name: Name, question: Question<'headShares'>): Promise<Answer<'headShares'>> =>
    engine.ask(name, { name: 'headShares', question });
  const shares = (name: Name, question: Question<'directShares'>) =>
    engine.ask(name, { name: 'directShares', question });
  const neurons = (name: Name, question: Question<'neurons'>): Promise<Answer<'neurons'>> =>
    engine.ask(name, { name: 'neurons', question });
  const norms = (name: Name, question: Question<'normalization'>) =>
    engine.ask(name, { name: 'normalization', question });
  const tables = (name: Name, question: Question<'tiedEmbeddings'>) =>
    engine.ask(name, { name: 'tiedEmbeddings', question });

  describe('heads', () => {
    for (const [name, stack] of [
      ['translator', 'encoder'],
      ['translator', 'decoder'],
      ['translator', 'cross'],
      ['stories-rotary', 'decoder'],
      ['masked-words', 'encoder'],
      ['copy-relative', 'cross'],
    ] as const)
      it(`${name}, ${stack}: vectors add up to the sub-layer’s output`, async () => {
        const answer = await heads(name, { stack, layer: 1, token: 2 });
        const vectors = rowsOf(answer.vectors);
        const output = numbersOf(answer.output);
        const bias = answer.bias && numbersOf(answer.bias);
        const sum = output.map((_, d) => total(vectors.map((one) => one[d]!)) + (bias?.[d] ?? 0));
        assert.ok(furthest(sum, output) <= 1e-5);
        assert.ok(answer.largestDifference <= 1e-5);
        assert.ok(furthest(numbersOf(answer.norms), vectors.map(norm)) <= 1e-5);
        const cosines = vectors.map((one) => cosine(one, output));
        assert.ok(furthest(numbersOf(answer.cosines), cosines) <= 1e-5);
        assert.ok(answer.outputNorm > 0 && Math.abs(answer.outputNorm - norm(output)) <= 1e-5);
        assert.equal(answer.biasNorm === null, bias === null);
      });

    it('refuses what there is not', async () => {
      const ask = (more: Partial<Question<'headShares'>>) =>
        heads('translator', { stack: 'cross', layer: 0, token: 0, ...more });
      await assert.rejects(ask({ layer: 99 }), /trace\.noLayer/);
      await assert.rejects(ask({ token: 999 }), /trace\.noToken/);
      const written = engine.log.filter((message) => message.type === 'token');
      const last = written.filter(({ trace }) => trace === 'translator').length;
      await assert.rejects(ask({ token: last }), /trace\.notRead/);
      await assert.rejects(
        heads('stories-rotary', { stack: 'cross', layer: 0, token: 0 }),
        /trace\.noStack/,
      );
    });
  });

  describe('shares of a logit', () => {
    for (const name of ['translator', 'copy-relative', 'stories-rotary', 'stories-alibi'] as const)
      it(`${name}: all parts add up to the logit`, async () => {
        const answer = await shares(name, { half: 'decoder', token: 2, predicted: null });
        const found = answer.shares!;
        assert.equal(answer.why, null);
        const sum =
          total(numbersOf(found.self)) +
          total(found.cross ? numbersOf(found.cross) : []) +
          total(numbersOf(found.feedForward)) +
          found.embedding +
          found.attentionBiases +
          found.constant;
        const allowed = 1e-3 * Math.max(1, Math.abs(found.logit));
        assert.ok(Math.abs(sum - found.logit) <= allowed);
        assert.ok(found.difference <= allowed);
      });

    it('is of the token that was written, or of one that is asked for', async () => {
      const written = engine.log.flatMap((message) =>
        message.type === 'token' && message.trace === 'translator' ? [message.written] : [],
      );
      // The first token given is the start: what is written at step 2 follows token 2.
      const own = await shares('translator', { half: 'decoder', token: 2, predicted: null });
      const { predicted, actual, candidates, logit } = own.shares!;
      assert.equal(predicted.id, written[2]!.token.id);
      assert.equal(actual!.id, predicted.id);
      assert.ok(Math.abs(predicted.probability - written[2]!.probability) < 1e-4);
      assert.deepEqual(
        candidates.map(({ id }) => id),
        written[2]!.candidates.map(({ id }) => id),
      );
      const second = candidates[1]!;
      const other = await shares('translator', { half: 'decoder', token: 2, predicted: second.id });
      const ratio = Math.exp(other.shares!.logit - logit);
      assert.ok(Math.abs(ratio - second.probability / predicted.probability) < 1e-3);
    });

    it('says why there is none', async () => {
      const why = async (name: Name, half: 'encoder' | 'decoder') =>
        (await shares(name, { half, token: 1, predicted: null })).why;
      assert.equal(await why('translator', 'encoder'), 'readByDecoder');
      assert.equal(await why('masked-words', 'encoder'), 'nonLinear');
      assert.equal(await why('feelings', 'encoder'), 'noTokens');
    });
  });

  describe('neurons', () => {
    for (const [name, half] of [
      ['translator', 'encoder'],
      ['translator', 'decoder'],
      ['stories-rotary', 'decoder'],
      ['masked-words', 'encoder'],
      ['copy-relative', 'decoder'],
    ] as const)
      it(`${name}, ${half}: the strongest first, the same network at every token`, async () => {
        const answer = await neurons(name, { half, layer: 1, token: 2 });
        const { neurons: found, width } = answer;
        assert.equal(found.length, 10);
        for (const [i, one] of found.entries()) {
          assert.ok(Math.abs(one.writes - Math.abs(one.activation) * one.rowNorm) <= 1e-4);
          assert.ok(i === 0 || one.writes <= found[i - 1]!.writes);
          assert.equal(rowsOf(answer.activations)[i]![2], one.activation);
        }
        assert.ok(answer.positive > 0 && answer.positive <= width);
        assert.ok(answer.permuted > 2);
        assert.ok(answer.permutedDifference <= 1e-6 * Math.max(1, answer.outputNorm));
        assert.ok(answer.shownNorm <= total(found.map(({ writes }) => writes)) + 1e-5);
        const promotes = name.startsWith('stories') || name === 'copy-relative';
        for (const one of found) assert.equal(one.promotes?.length ?? null, promotes ? 3 : null);
      });
  });

  describe('norms', () => {
    const others = ['A dog ate the food because it was hungry.', 'It is small.'];
    const instead = 'The trophy is too big.';
    for (const [name, half, which, kind] of [
      ['translator', 'encoder', 'attention', 'layer'],
      ['translator', 'decoder', 'cross', 'layer'],
      ['masked-words', 'encoder', 'feedForward', 'layer'],
      ['stories-rotary', 'decoder', 'final', 'rms'],
      ['stories-alibi', 'decoder', 'attention', 'layer'],
    ] as const)
      it(`${name}, ${half}, ${which}: another sentence changes batch norm alone`, async () => {
        const question = { half, layer: 1, which, token: 2, others, instead } as const;
        const answer = await norms(name, question);
        assert.equal(answer.kind, kind);
        assert.equal(answer.ownDifference, 0);
        assert.deepEqual(numbersOf(answer.after.own), numbersOf(answer.before.own));
        const [before, after] = [numbersOf(answer.before.batch), numbersOf(answer.after.batch)];
        assert.ok(answer.batchDifference > 1e-3);
        assert.ok(Math.abs(furthest(before, after) - answer.batchDifference) <= 1e-6);
        const same = await norms(name, { ...question, instead: others[1]! });
        assert.equal(same.batchDifference, 0);
        assert.deepEqual(numbersOf(same.after.batch), before);
      });

    it('is refused where there is none', async () => {
      const question = { half: 'encoder', layer: 0, which: 'final', token: 1, others, instead };
      await assert.rejects(
        norms('translator', question as Question<'normalization'>),
        /trace\.noNorm/,
      );
    });
  });

  describe('token tables', () => {
    it('translator: one table, seen from three ends', async () => {
      const answer = await tables('translator', { side: 'source', token: 2 });
      assert.deepEqual(
        answer.ends.map(({ end, table }) => [end, table]),
        [
          ['source', 0],
          ['target', 0],
          ['output', 0],
        ],
      );
      const { rows, width } = answer.ends[0]!;
      assert.equal(answer.parameters, rows * width);
      assert.equal(answer.untied, 3 * rows * width);
      assert.equal(answer.column!.difference, 0);
      assert.ok(Math.abs(answer.column!.cosine - 1) < 1e-6);
      assert.equal(answer.token.label, 'animal');
      assert.equal(answer.nearest.length, 5);
      assert.ok(answer.nearest.every(({ token }) => token.id !== answer.token.id));
      assert.ok(answer.nearest.every(({ cosine: along }) => along <= 1 && along > 0));
    });

    it('copy-relative: the output has its own', async () => {
      const answer = await tables('copy-relative', { side: 'source', token: 2 });
      assert.deepEqual(
        answer.ends.map(({ table }) => table),
        [0, 0, 1],
      );
      assert.equal(3 * answer.parameters, 2 * answer.untied);
      assert.ok(answer.column!.difference > 0.01);
    });

    it('feelings: a model that says no tokens has but the end that reads', async () => {
      const answer = await tables('feelings', { side: 'source', token: 1 });
      assert.deepEqual(
        answer.ends.map(({ end }) => end),
        ['source'],
      );
      assert.equal(answer.column, null);
    });
  });
});
