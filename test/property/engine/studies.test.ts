// Whatever is asked of a study, of whichever kind of model: an answer that fits, or one clear reason why not.
import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { isPossible } from '../../../src/navigation/possibleChange';
import type { Change } from '../../../src/protocol/change';
import type { TraceEvent } from '../../../src/protocol/engineMessages';
import { queries, type StudyQuery } from '../../../src/protocol/queries';
import { emptySnapshot, applyEvent } from '../../../src/protocol/traceMirror';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import { EngineHarness } from '../../support/engineHarness';
import { spellingTokenizer } from '../../support/spellingTokenizer';
import { atMost } from '../../support/writings';

const fixtures = path.resolve('test/fixtures');
const NAMES = [
  ...['aiayn', 'albert', 'bart', 'bert', 'bert-base-model', 'bert-seqcls', 'distilbert'],
  ...['electra', 'gpt2', 'gpt_neo', 'gpt_neox', 'gptj', 'llama', 'marian', 'mistral', 'qwen2'],
  ...['qwen3', 'roberta', 't5'],
].map((name) => `reference/${name}`);
const VARIANTS = [
  ...['bert-model-pooler', 'bert-qa', 'bloom-3heads-untied', 'gemma-untied-bf16-sharded'],
  ...['gpt2-lm-f16-sharded', 'mbart-relu-noscale', 'opt-nobias-noaffine', 'opt-postnorm-proj'],
  ...['roberta-tokcls', 't5-gated-silu-sharded-f16'],
].map((name) => `variants/${name}`);
/** Encoder–decoders, which write without being asked to. */
const WRITERS = /bart|marian|t5/;
/** Models whose texts have special tokens around them. */
const ENCODERS = /\/(albert|bert|distilbert|electra|roberta)/;
const TEXT = 'the cat sat.';
const RUNS = 40;

/** Reasons that a person can do something about. */
const CLEAR = /^(trace|change|variation|tour|text|memory)\.|^(run\.cancelled|model\.notNumbers)$/;
/** A model may have what a change speaks of, and yet nothing to leave out, or no such place in its table. */
const NOTHING_TO_CHANGE = /^(change\.noEmbeddingScale|variation\.noPosition)$/;

// Around what tiny models have, and far outside.
const index = fc.oneof(
  { weight: 6, arbitrary: fc.nat({ max: 3 }) },
  { weight: 3, arbitrary: fc.nat({ max: 14 }) },
  fc.constantFrom(99, 1e9, 2 ** 31, Number.MAX_SAFE_INTEGER, 1e300),
);
const half = fc.constantFrom('encoder', 'decoder');
const stack = fc.constantFrom('encoder', 'decoder', 'cross');
const side = fc.constantFrom('source', 'target');
const orAll = fc.oneof(index, fc.constant('all'));
const head = fc.record({ stack, layer: index, head: index });
const scope = fc.record({ stack, layer: orAll, head: orAll });
const kind = <K extends string>(name: K) => fc.constant(name);
const change = fc.oneof(
  fc.record({
    kind: kind('scoreFunction'),
    function: fc.constantFrom('dot', 'cosine', 'additive'),
    scope,
  }),
  fc.record({ kind: kind('unmasked') }),
  fc.record({ kind: kind('positionsOff'), side }),
  fc.record({
    kind: kind('positionsShifted'),
    side,
    by: index.map((by) => Math.max(1, by)),
  }),
  fc.record({ kind: kind('positionsSwapped'), side, first: index, second: index }),
  fc.record({ kind: kind('embeddingUnscaled'), side }),
  fc.record({ kind: kind('otherQuery'), scope, token: index, from: index }),
  fc.record({ kind: kind('muted'), heads: fc.array(head, { maxLength: 4 }) }),
  fc.record({ kind: kind('soloed'), head }),
  fc.record({
    kind: kind('residualCut'),
    stack: half,
    layer: index,
    subLayer: fc.constantFrom('attention', 'cross', 'feedForward'),
  }),
) as fc.Arbitrary<Change>;

const texts = fc.constantFrom(
  'the cat saw it in a bag.',
  'it cat bag',
  'nothing of it',
  'cat it bag \uD83D',
  ' ',
  'a'.repeat(20_000),
);
const pair = fc.record({
  sentences: fc.tuple(texts, texts),
  control: fc.oneof(fc.constant(null), texts),
  word: fc.constantFrom('it', 'a', '.', ' ', '\uD83D', '(?<', 'i'.repeat(100)),
  nouns: fc.tuple(fc.constantFrom('cat', 'of', '*'), fc.constantFrom('bag', 'cat')),
  pronouns: fc.tuple(fc.constantFrom('a', 'x'), fc.constantFrom('b', '?')),
});
const sentence = fc.constantFrom('', ' ', 'the dog ran', '\uDC00', 'x'.repeat(300));
const study = <N extends StudyQuery['name']>(name: N, question: object) =>
  fc.record({ name: fc.constant(name), question: fc.record(question) });

const query = fc.oneof(
  study('steps', { stack, layer: index, head: index, query: index, key: fc.option(index) }),
  study('stepVectors', { stack, layer: index, head: index, query: index, from: index, to: index }),
  study('madeOf', {
    ...{ stack, layer: index, head: index, query: index, key: index, dimension: index },
    number: fc.constantFrom(
      ...['query', 'key', 'value', 'turnedQuery', 'turnedKey'],
      ...['product', 'mixture', 'share', 'output', 'sum'],
    ),
  }),
  study('stream', { half, token: index, change: fc.option(change) }),
  study('headShares', { stack, layer: index, token: index }),
  study('directShares', { half, token: index, predicted: fc.option(index) }),
  study('neurons', { half, layer: index, token: index }),
  study('normalization', {
    ...{ half, layer: index, token: index },
    which: fc.constantFrom('attention', 'cross', 'feedForward', 'final'),
    others: fc.array(sentence, { minLength: 1, maxLength: 3 }),
    instead: sentence,
  }),
  study('tiedEmbeddings', { side, token: index }),
  study('pathNorms', { half, token: index }),
  study('tokenPair', { half, first: index, second: index }),
  study('whatIf', { change, stack, layer: index, head: index, query: index }),
  study('whatIfMatrix', { change, stack, layer: index, head: index }),
  study('whatIfRows', { change, stack, layer: index, head: index, from: index, to: index }),
  study('whatIfEmbedding', { side }),
  study('whatIfOutput', { change, position: fc.option(index) }),
  study('whatIfText', { change }),
  study('tour', { pair }),
  study('tourMuting', {
    pair,
    heads: fc.array(head, { minLength: 1, maxLength: 3 }),
    single: index,
    draws: fc.nat({ max: 2 }),
  }),
) as fc.Arbitrary<unknown> as fc.Arbitrary<StudyQuery>;

describe('studies, whatever they are asked', function () {
  this.timeout(120_000);
  let engine: EngineHarness;
  let scratch: string;
  before(async () => {
    scratch = await mkdtemp(path.join(os.tmpdir(), 'headlight-studies-'));
  });
  after(() => rm(scratch, { recursive: true, force: true }));
  // One for each test: a harness looks through all that its engine ever said.
  beforeEach(() => {
    engine = new EngineHarness();
  });
  afterEach(() => engine.close());

  /** A copy of a tiny model with a tokenizer beside it, run on a text. */
  async function traced(
    name: string,
    trace: string,
    text = TEXT,
    cancelled = false,
    writes = WRITERS.test(name),
  ): Promise<TraceSnapshot> {
    const model = path.join(scratch, name);
    await cp(path.join(fixtures, name), model, { recursive: true });
    await writeFile(path.join(model, 'tokenizer.json'), spellingTokenizer(ENCODERS.test(name)));
    const writing = writes ? atMost(5) : null;
    engine.run(trace, text, { model, language: null, writing });
    if (cancelled) {
      await engine.until('layer', (message) => message.trace === trace);
      engine.post({ type: 'cancel', trace });
    }
    await engine.finished(trace);
    return engine.log.reduce(
      (snapshot, message) => applyEvent(snapshot, message as TraceEvent),
      emptySnapshot(trace, ''),
    );
  }

  /** Why there is no answer; null: there is one, and it fits. */
  async function refusal(trace: string, asked: StudyQuery): Promise<string | null> {
    const reply = await engine.query(trace, asked).reply;
    const { tensors, weights, kept } = await engine.memory();
    assert.equal(tensors, weights + kept, 'no tensor is left');
    if (reply.type === 'refused') {
      assert.match(reply.failure.code, CLEAR, JSON.stringify(reply.failure));
      return reply.failure.code;
    }
    const parsed = v.safeParse(queries[asked.name].answer, reply.value);
    assert.ok(parsed.success, JSON.stringify(parsed.issues?.map(({ message }) => message)));
    return null;
  }

  for (const name of [...NAMES, ...VARIANTS]) {
    it(`${name}: answers, or says why not`, async () => {
      const { outcome, failure } = await traced(name, name);
      assert.equal(outcome, 'complete', JSON.stringify(failure));
      await fc.assert(
        fc.asyncProperty(query, async (asked) => void (await refusal(name, asked))),
        { numRuns: RUNS, endOnFailure: true },
      );
    });

    it(`${name}: makes a change exactly where it is called possible`, async () => {
      const trace = `${name} changed`;
      const snapshot = await traced(name, trace);
      await fc.assert(
        fc.asyncProperty(change, async (made) => {
          const question = { change: made, position: null };
          const code = await refusal(trace, { name: 'whatIfOutput', question });
          if (isPossible(made, snapshot))
            assert.match(code ?? 'change.noEmbeddingScale', NOTHING_TO_CHANGE);
          else assert.notEqual(code, null);
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
    });
  }

  const both = fc.oneof(
    query,
    change.map((made): StudyQuery => ({
      name: 'whatIfOutput',
      question: { change: made, position: null },
    })),
    change.map((made): StudyQuery => ({ name: 'whatIfText', question: { change: made } })),
  );
  for (const name of ['reference/gpt2', 'reference/llama', 'variants/bloom-3heads-untied'])
    it(`${name}: a text that the model went on with`, async () => {
      const snapshot = await traced(name, name, TEXT, false, true);
      assert.equal(snapshot.outcome, 'complete', JSON.stringify(snapshot.failure));
      assert.equal(snapshot.written.length, 5);
      await fc.assert(
        fc.asyncProperty(both, async (asked) => void (await refusal(name, asked))),
        { numRuns: 2 * RUNS, endOnFailure: true },
      );
    });

  for (const name of ['reference/marian', 'reference/t5', 'reference/gpt2', 'reference/bert']) {
    it(`${name}: a run that was cancelled after its first layer`, async () => {
      const { outcome } = await traced(name, name, TEXT, true);
      assert.equal(outcome, 'cancelled');
      await fc.assert(
        fc.asyncProperty(both, async (asked) => void (await refusal(name, asked))),
        { numRuns: RUNS, endOnFailure: true },
      );
    });

    it(`${name}: a text of one letter`, async () => {
      const { outcome } = await traced(name, name, 'a');
      assert.equal(outcome, 'complete');
      await fc.assert(
        fc.asyncProperty(both, async (asked) => void (await refusal(name, asked))),
        { numRuns: RUNS, endOnFailure: true },
      );
    });
  }
});
