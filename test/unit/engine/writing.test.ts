// What a model writes, and that every step of it is what a pass over the tokens so far would show.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { answer } from '../../../src/engine/answer';
import { likelihoods } from '../../../src/engine/candidates';
import { CaptureProbe } from '../../../src/engine/captureProbe';
import { LoadedModel } from '../../../src/engine/loadedModel';
import { NodeModelFolder } from '../../../src/engine/nodeModelFolder';
import { PictureQueue } from '../../../src/engine/pictureQueue';
import { PrefixMemory } from '../../../src/engine/prefixMemory';
import { batchOf } from '../../../src/engine/prepareText';
import { checkReading } from '../../../src/engine/studies/checkReading';
import { Trace } from '../../../src/engine/trace';
import type { Answer } from '../../../src/protocol/queries';
import { stacksOf } from '../../../src/protocol/stacks';
import type { Writing } from '../../../src/protocol/writing';
import { plainWriting } from '../../../src/protocol/writing';
import { tokenBatch } from '../../../src/transformer/sequence';
import { describeKernels } from '../../support/kernels';
import { spelledModel, type SpelledModel } from '../../support/spelledModel';
import { atMost } from '../../support/writings';
import { TEXT, written } from '../../support/writtenTrace';

const NAMES = ['marian', 't5', 'bart', 'aiayn', 'gpt2', 'llama', 'gpt_neox'];
/** Softmax in float64 of logits that differ in the last bits. */
const CLOSE = 1e-5;

describeKernels('writing', function () {
  const models = new Map<string, LoadedModel>();
  const spelled: SpelledModel[] = [];
  let tensors = 0;
  before(async () => {
    for (const name of NAMES) {
      const own = await spelledModel(`reference/${name}`);
      spelled.push(own);
      const folder = new NodeModelFolder(own.folder);
      models.set(name, await LoadedModel.load(folder, { aborted: false }));
    }
    tensors = tf.memory().numTensors;
  });
  afterEach(() => assert.equal(tf.memory().numTensors, tensors));
  after(async () => {
    for (const model of models.values()) model.dispose();
    for (const one of spelled) await one.remove();
  });

  const ids = ({ written: tokens }: Trace): number[] => tokens.map(({ token }) => token.id);

  /** A pass over the tokens up to a step's query: what it shows, and the logits of what follows. */
  async function freshPass(
    model: LoadedModel,
    trace: Trace,
    step: number,
  ): Promise<{ fresh: Trace; logits: Float32Array }> {
    const { plan } = trace;
    const fresh = new Trace('fresh', plan, model, new PictureQueue(), trace.typeIds);
    const both = trace.architecture === 'encoderDecoder';
    const side = [...plan[trace.writingSide].map(({ id }) => id), ...ids(trace).slice(0, step)];
    const source = both
      ? batchOf({ source: plan.source, typeIds: trace.typeIds })
      : tokenBatch([side]);
    const pass = await model.transformer.forward(
      source,
      both ? tokenBatch([side]) : null,
      new CaptureProbe(fresh),
    );
    const all = await pass.logits!.data<'float32'>();
    const logits = all.slice(-pass.logits!.shape[1]);
    tf.dispose([pass.states, pass.logits!]);
    return { fresh, logits };
  }

  function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
    assert.equal(actual.length, expected.length, what);
    for (let i = 0; i < expected.length; i++)
      assert.ok(
        Math.abs(actual[i]! - expected[i]!) <= CLOSE,
        `${what}: ${actual[i]} ${expected[i]}`,
      );
  }

  for (const name of NAMES) {
    it(`${name}: every step shows what a pass over its prefix shows`, async () => {
      const model = models.get(name)!;
      const { trace } = await written(model, atMost(7));
      assert.ok(trace.written.length > 1);
      const before = trace.plan[trace.writingSide].length;
      for (const [step, { token, probability, rank }] of trace.written.entries()) {
        const { fresh, logits } = await freshPass(model, trace, step);
        const query = before + step - 1;
        for (const stack of stacksOf(trace.architecture))
          for (const [layer, { attention }] of fresh.computed(stack)) {
            const own = trace.writable(stack, layer).attention;
            const row = stack === 'encoder' ? 0 : query;
            for (let head = 0; head < attention.heads; head++) {
              const expected = attention.row(head, row);
              const actual = own.row(head, row).slice(0, expected.length);
              assertClose(actual, expected, `step ${step} ${stack} ${layer}.${head}`);
            }
          }
        assert.ok(Math.abs(likelihoods(logits, token.id).written - probability) <= CLOSE);
        assert.equal(rank, logits.filter((logit) => logit > logits[token.id]!).length);
      }
    });

    it(`${name}: goes on from another token, and shows a given output as if it had written it`, async () => {
      const model = models.get(name)!;
      const { trace } = await written(model, atMost(6));
      const own = ids(trace);
      const other = trace.written[2]!.candidates.find(({ id }) => id !== own[2])!.id;
      const begin = { ids: [...own.slice(0, 2), other], text: null };
      const branch = (await written(model, { ...atMost(6), begin })).trace;
      assert.deepEqual(ids(branch).slice(0, 3), begin.ids);
      assert.deepEqual(
        branch.written.map(({ given }) => given),
        ids(branch).map((_, i) => i < 3),
      );
      const again = (
        await written(model, {
          ...plainWriting,
          begin: { ids: ids(branch), text: null },
          further: false,
        })
      ).trace;
      assert.deepEqual(ids(again), ids(branch));
      assertClose(
        again.written.map(({ probability }) => probability),
        branch.written.map(({ probability }) => probability),
        'probabilities',
      );
    });
  }

  for (const name of ['marian', 'gpt2']) {
    it(`${name}: captures what a beam search prefers, and tells how it came to it`, async () => {
      const model = models.get(name)!;
      const beams = 3;
      const search = { kind: 'beam', beams, lengthPenalty: 1, earlyStopping: false } as const;
      const { trace, heard } = await written(model, {
        ...atMost(6),
        search,
        repetitionPenalty: name === 'marian' ? 1.5 : null,
      });
      assert.deepEqual(ids(trace), heard.hypotheses[0]!.ids);
      assert.ok(trace.written.every(({ given }) => !given));
      assert.ok(heard.steps.slice(0, -1).every(({ running }) => running.length === beams));
      // What beams are compared by: without rules the probabilities, with them what they leave of these.
      const logs = trace.written.map(({ searched, probability }) =>
        Math.log((searched ?? { probability }).probability),
      );
      const total = logs.reduce((sum, one) => sum + one, 0);
      assert.ok(Math.abs(total / logs.length - heard.hypotheses[0]!.score) < 1e-4);
    });

    it(`${name}: draws the same again from the same seed, and says from what`, async () => {
      const model = models.get(name)!;
      const search = { kind: 'sample', temperature: 1.5, topK: 8, topP: null, seed: 7 } as const;
      const draw = async (seed: number): Promise<Trace> =>
        (await written(model, { ...atMost(12), search: { ...search, seed } })).trace;
      const first = await draw(7);
      assert.deepEqual(ids(await draw(7)), ids(first));
      assert.notDeepEqual(ids(await draw(8)), ids(first));
      for (const { searched } of first.written) {
        assert.ok(searched !== null && searched.probability > 0);
        assert.ok(searched.candidates.reduce((sum, one) => sum + one, 0) <= 1 + 1e-9);
      }
    });

    it(`${name}: leaves out what is forbidden, and says so`, async () => {
      const model = models.get(name)!;
      const { trace } = await written(model, atMost(5));
      // A letter of the spelling tokenizer is a token.
      const letter = 'e';
      const [id] = model.tokenizer.encode(letter, { special: false, pair: null }).ids;
      const only = { ...atMost(8), begin: { ids: [], text: null }, forbidden: [letter] };
      const without = (await written(model, only)).trace;
      assert.ok(!ids(without).includes(id!));
      assert.ok(without.written.every(({ searched }) => searched !== null));
      // The files of marian forbid padding.
      assert.equal(trace.written[0]!.searched === null, name === 'gpt2');
    });

    it(`${name}: is given a text, and says how likely each of its tokens was`, async () => {
      const model = models.get(name)!;
      const writing = { ...plainWriting, begin: { ids: [], text: 'a cat' }, further: false };
      const { trace } = await written(model, writing);
      assert.equal(trace.output, 'a cat');
      assert.ok(trace.written.every(({ given }) => given));
      const { logits } = await freshPass(model, trace, 3);
      const { token, probability } = trace.written[3]!;
      assert.ok(Math.abs(likelihoods(logits, token.id).written - probability) <= CLOSE);
      const last = trace.written.at(-1)!.token.id;
      assert.equal(model.generation.endTokens.includes(last), name === 'marian');
    });
  }

  it('puts the sign that every output of a model begins with before a given text', async () => {
    const forced = 5;
    const own = await spelledModel('reference/bart', { forced_bos_token_id: forced });
    const model = await LoadedModel.load(new NodeModelFolder(own.folder), { aborted: false });
    try {
      const begin = { ids: [], text: 'a cat' };
      const letters = model.tokenizer.encode('a cat', { special: false, pair: null }).ids;
      const on = (await written(model, { ...atMost(8), begin })).trace;
      assert.deepEqual(ids(on).slice(0, 5), [forced, ...letters]);
      const whole = (await written(model, { ...plainWriting, begin, further: false })).trace;
      assert.deepEqual(ids(whole), [forced, ...letters, model.generation.endTokens[0]]);
      const behind = { ids: [forced, 9], text: 'a cat' };
      const third = (await written(model, { ...atMost(8), begin: behind })).trace;
      assert.deepEqual(ids(third).slice(0, 6), [forced, 9, ...letters]);
    } finally {
      model.dispose();
      await own.remove();
    }
  });

  it('goes on with what was written as with a text that was read', async () => {
    const model = models.get('llama')!;
    const kept = new PrefixMemory();
    const first = (await written(model, atMost(6), { kept })).trace;
    const longer = `${TEXT} the`;
    const again = (await written(model, atMost(4), { text: longer, kept })).trace;
    // What followed the last token in common was another: it is read again.
    assert.equal(again.plan.reused, first.plan.source.length - 1);
    const branch = { ...atMost(6), begin: { ids: ids(first).slice(0, 3), text: null } };
    const third = (await written(model, branch, { kept })).trace;
    kept.drop();
    assert.deepEqual(ids(third), ids(first));
    const fresh = (await written(model, atMost(4), { text: longer })).trace;
    assert.deepEqual(ids(again), ids(fresh));
    for (const [layer, { attention }] of fresh.computed('decoder'))
      for (let query = 0; query < attention.queries; query++)
        assertClose(
          again.writable('decoder', layer).attention.row(1, query),
          attention.row(1, query),
          `layer ${layer} query ${query}`,
        );
  });

  it('writes a token behind a text that takes all positions: one that is never read', async () => {
    const model = models.get('gpt2')!;
    const limit = model.summary.positions!;
    const text = 'a '.repeat(limit);
    const { trace } = await written(model, atMost(5), { text });
    assert.deepEqual([trace.plan.source.length, trace.written.length], [limit, 1]);
    const positions = (to: number) =>
      answer(trace, { name: 'positions', question: { side: 'source', from: 0, to } });
    const { table, count } = positions(limit) as Answer<'positions'>;
    assert.deepEqual([count, table.shape[0]], [limit, limit]);
    assert.throws(() => positions(limit + 1), /trace\.noToken/);
    checkReading(trace, 'decoder', limit - 1);
    assert.throws(() => checkReading(trace, 'decoder', limit), /trace\.notRead/);
  });

  it('tells scores that are numbers, whatever the length penalty makes of them', async () => {
    const search = { kind: 'beam', beams: 2, lengthPenalty: -300, earlyStopping: false } as const;
    const { heard } = await written(models.get('marian')!, { ...atMost(5), search });
    const beams = heard.steps.flatMap(({ running, finished }) => [...running, ...finished]);
    assert.ok(beams.length > 0 && heard.hypotheses.length > 0);
    for (const { score } of [...beams, ...heard.hypotheses]) assert.ok(Number.isFinite(score));
  });

  it('refuses what cannot be written, with a reason', async () => {
    const marian = models.get('marian')!;
    const refused = (writing: Writing, code: RegExp): Promise<void> =>
      assert.rejects(written(marian, writing), code);
    const begin = (ids: number[], text: string | null) => ({
      ...plainWriting,
      begin: { ids, text },
    });
    await refused(begin([1e6], null), /writing\.noToken/);
    await refused(begin([], ' '), /writing\.noText/);
    await refused({ ...begin([], null), further: false }, /writing\.noText/);
    await refused(begin([], 'a'.repeat(20_001)), /writing\.longText/);
    await refused(begin(Array<number>(5000).fill(9), null), /writing\.tooLong/);
  });
});
