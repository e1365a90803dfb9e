// What the theory views are told of changed models, taken apart and measured, against what torch and
// Hugging Face transformers compute with patched weights and tables (test/fixtures/theory).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { changeSchema } from '../../../src/protocol/change';
import { numbersOf } from '../../../src/protocol/wireTensor';
import { EngineHarness } from '../../support/engineHarness';
import { spellingTokenizer } from '../../support/spellingTokenizer';
import { atMost } from '../../support/writings';

const MODELS = ['bert', 'gpt2', 'llama', 't5'] as const;
/** Relative to 1 + the largest number of what is compared: torch computed in float64, the engine in float32. */
const TOLERANCE = 2e-5;

const numbers = v.array(v.number());
const measures = v.strictObject({
  variance: v.number(),
  largest: v.number(),
  entropy: v.number(),
  gradient: v.number(),
});
const caseSchema = v.strictObject({
  change: changeSchema,
  head: v.strictObject({
    stack: v.picklist(['encoder', 'decoder', 'cross']),
    layer: v.number(),
    head: v.number(),
    query: v.number(),
  }),
  weights: numbers,
  row: measures,
  mean: measures,
  output: v.strictObject({
    position: v.number(),
    probabilities: v.array(
      v.strictObject({ id: v.number(), asTrained: v.number(), changed: v.number() }),
    ),
    divergence: v.number(),
  }),
  text: v.optional(numbers),
});
const expectedSchema = v.strictObject({
  text: v.string(),
  ids: numbers,
  written: v.nullable(numbers),
  mostWritten: v.number(),
  cases: v.array(caseSchema),
  shares: v.nullable(
    v.strictObject({
      token: v.number(),
      predicted: v.number(),
      logit: v.number(),
      self: v.array(numbers),
      feedForward: numbers,
      embedding: v.number(),
      attentionBiases: v.number(),
      constant: v.number(),
    }),
  ),
  normalization: v.nullable(
    v.strictObject({
      question: v.strictObject({
        layer: v.number(),
        which: v.literal('attention'),
        token: v.number(),
        others: v.array(v.string()),
        instead: v.string(),
      }),
      half: v.picklist(['encoder', 'decoder']),
      own: numbers,
      before: numbers,
      after: numbers,
    }),
  ),
});

function near(computed: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  assert.equal(computed.length, expected.length, what);
  const allowed = TOLERANCE * (1 + Math.max(...Array.from(expected, Math.abs)));
  for (const [i, one] of Array.from(computed).entries())
    assert.ok(
      Math.abs(one - expected[i]!) <= allowed,
      `${what}, ${i}: ${one} is not ${expected[i]}`,
    );
}

const inOrder = ({ variance, largest, entropy, gradient }: v.InferOutput<typeof measures>) => [
  variance,
  largest,
  entropy,
  gradient,
];

describe('the theory of the reference models, against torch', function () {
  this.timeout(120_000);
  let engine: EngineHarness;
  let folder: string;
  before(async () => {
    engine = new EngineHarness();
    folder = await mkdtemp(path.join(os.tmpdir(), 'headlight-theory-'));
  });
  after(async () => {
    engine.close();
    await rm(folder, { recursive: true });
  });

  for (const name of MODELS) {
    const stored: unknown = JSON.parse(readFileSync(`test/fixtures/theory/${name}.json`, 'utf8'));
    const expected = v.parse(expectedSchema, stored);

    describe(name, () => {
      before(async () => {
        const model = path.join(folder, name);
        await cp(path.join('test/fixtures/reference', name), model, { recursive: true });
        await writeFile(path.join(model, 'tokenizer.json'), spellingTokenizer(name === 'bert'));
        const { text, mostWritten } = expected;
        const writing = name === 't5' ? atMost(mostWritten) : null;
        engine.run(name, text, { model, language: null, writing });
        await engine.finished(name);
      });

      it('reads, and writes, the tokens of the reference', async () => {
        const { plan } = await engine.until('planned', ({ trace }) => trace === name);
        assert.deepEqual(
          plan.source.map(({ id }) => id),
          expected.ids,
        );
        const written = engine.log.flatMap((one) =>
          one.type === 'token' && one.trace === name ? [one.written.token.id] : [],
        );
        assert.deepEqual(written, expected.written ?? []);
      });

      for (const { change, head, weights, row, mean, output, text } of expected.cases)
        it(`changed: ${JSON.stringify(change)}`, async () => {
          const question = { change, ...head };
          const { changed } = await engine.ask(name, { name: 'whatIf', question });
          near(numbersOf(changed.weights), weights, 'weights');
          near(inOrder(changed.row), inOrder(row), 'measures of the query');
          near(inOrder(changed.mean!), inOrder(mean), 'means over the queries');
          const { position } = output;
          const told = await engine.ask(name, {
            name: 'whatIfOutput',
            question: { change, position },
          });
          assert.ok(told.output.kind === 'tokens' || told.output.kind === 'written');
          near([told.output.divergence], [output.divergence], 'divergence in bits');
          for (const { id, asTrained, changed: now } of output.probabilities) {
            const found = told.output.candidates.find((candidate) => candidate.id === id);
            assert.ok(found, `token ${id} is among the likeliest`);
            near([found.asTrained, found.changed], [asTrained, now], `probability of ${id}`);
          }
          if (text === undefined) return;
          const anew = await engine.ask(name, { name: 'whatIfText', question: { change } });
          assert.deepEqual(
            anew.tokens.map(({ token }) => token.id),
            text,
          );
        });

      if (expected.shares)
        it('takes a logit apart', async () => {
          const { token, predicted, self, feedForward, ...rest } = expected.shares!;
          const question = { half: 'decoder', token, predicted: null } as const;
          const { shares } = await engine.ask(name, { name: 'directShares', question });
          assert.equal(shares!.predicted.id, predicted);
          near(numbersOf(shares!.self), self.flat(), 'heads');
          near(numbersOf(shares!.feedForward), feedForward, 'feed-forward networks');
          const { logit, embedding, attentionBiases, constant } = shares!;
          near(
            [logit, embedding, attentionBiases, constant],
            [rest.logit, rest.embedding, rest.attentionBiases, rest.constant],
            'logit, embedding, b_O, constant',
          );
        });

      if (expected.normalization)
        it('normalises over a batch', async () => {
          const { question, half, own, before: first, after: second } = expected.normalization!;
          const answer = await engine.ask(name, {
            name: 'normalization',
            question: { ...question, half },
          });
          near(numbersOf(answer.before.own), own, 'own norm');
          near(numbersOf(answer.after.own), own, 'own norm, another sentence beside it');
          near(numbersOf(answer.before.batch), first, 'batch norm');
          near(numbersOf(answer.after.batch), second, 'batch norm, another sentence in it');
        });
    });
  }
});
