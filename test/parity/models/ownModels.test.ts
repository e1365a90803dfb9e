// The small trained models of the fixtures, from text to answer, against what Hugging Face transformers
// says (make_models.py beside them wrote it down).
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { textTrace, type TextTrace } from '../../../src/cli/textTrace';
import { generateSequences } from '../../../src/cli/generateSequences';
import type { Backend } from '../../../src/engine/backend';
import { tokenCandidates } from '../../../src/engine/candidateAnswers';
import { LoadedModel } from '../../../src/engine/loadedModel';
import { NodeModelFolder } from '../../../src/engine/nodeModelFolder';
import { batchOf } from '../../../src/engine/prepareText';
import { describeKernels } from '../../support/kernels';

const MODELS = path.resolve('test/fixtures/models');
const BACKEND: Backend = { name: 'wasm', wasm: null, notice: null };

const numbers = v.array(v.number());
const candidates = v.array(
  v.strictObject({ id: v.number(), piece: v.string(), probability: v.number() }),
);
const answers = v.array(
  v.strictObject({
    first: v.number(),
    last: v.number(),
    probability: v.number(),
    text: v.string(),
  }),
);
const shared = { text: v.string(), pair: v.optional(v.string()), ids: numbers };
const caseSchema = v.union([
  v.strictObject({
    ...shared,
    masks: v.array(v.strictObject({ token: v.number(), candidates })),
  }),
  v.strictObject({ ...shared, logits: numbers, probabilities: numbers }),
  v.strictObject({ ...shared, labels: v.array(v.string()), probabilities: numbers }),
  v.strictObject({ ...shared, answers }),
  v.strictObject({ ...shared, next: candidates, sequence: numbers, continuation: v.string() }),
  v.strictObject({ ...shared, sequence: numbers, output: v.string() }),
]);
const expectedSchema = v.strictObject({
  className: v.string(),
  tolerance: v.number(),
  heldOut: v.record(v.string(), v.strictObject({ right: v.number(), of: v.number() })),
  cases: v.array(caseSchema),
});
type Case = v.InferOutput<typeof caseSchema>;
type Candidates = v.InferOutput<typeof candidates>;

const folders = readdirSync(MODELS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describeKernels('trained models of the fixtures', () => {
  it('are one of every kind', () => {
    assert.deepEqual(folders.toSorted(), [
      'answers',
      'copy-relative',
      'feelings',
      'masked-words',
      'names',
      'stories-alibi',
      'stories-rotary',
    ]);
  });

  for (const name of folders) {
    describe(name, () => {
      const file = path.join(MODELS, name, 'expected.json');
      const expected = v.parse(expectedSchema, JSON.parse(readFileSync(file, 'utf8')));
      let model: LoadedModel;
      before(async () => {
        const folder = new NodeModelFolder(path.join(MODELS, name));
        model = await LoadedModel.load(folder, { aborted: false });
      });
      after(() => model.dispose());

      it('is what it says, and uses every tensor', () => {
        assert.equal(model.summary.className, expected.className);
        assert.equal(model.summary.weightDtype, 'F16');
        assert.deepEqual(model.summary.unusedTensors, { names: [], count: 0 });
      });

      for (const one of expected.cases)
        it(one.pair === undefined ? one.text : `${one.text} / ${one.pair}`, async () => {
          const traced = await trace(model, one);
          assert.deepEqual(
            traced.trace.source.map(({ id }) => id),
            one.ids,
          );
          await compare(model, traced, one, expected.tolerance);
        });
    });
  }
});

function trace(model: LoadedModel, { text, pair }: Case): Promise<TextTrace> {
  const input = { kind: 'text', text, pair: pair ?? null, language: null, target: null } as const;
  return textTrace(model, BACKEND, {
    input,
    generate: null,
    beams: null,
    trainedTokens: null,
    preview: 'off',
  });
}

/** Holds what was computed against the case, by the kind of answer that the case has. */
async function compare(
  model: LoadedModel,
  { trace, prediction }: TextTrace,
  one: Case,
  tolerance: number,
): Promise<void> {
  const near = (actual: readonly number[], wanted: readonly number[]): void => {
    assert.equal(actual.length, wanted.length);
    for (const [i, value] of wanted.entries())
      assert.ok(Math.abs(actual[i]! - value) <= tolerance, `${i}: ${actual[i]} for ${value}`);
  };
  const likeliest = (token: number, wanted: Candidates): void => {
    const found = tokenCandidates(trace, { token }).candidates;
    assert.equal(found[0]!.id, wanted[0]!.id);
    near(
      found.map(({ probability }) => probability),
      wanted.map(({ probability }) => probability),
    );
  };
  if ('masks' in one) {
    assert.equal(prediction?.task, 'maskedToken');
    for (const { token, candidates } of one.masks) likeliest(token, candidates);
  } else if ('logits' in one) {
    assert.ok(prediction?.task === 'sequenceLabels' && prediction.kind === 'single');
    near(prediction.logits, one.logits);
    near(prediction.probabilities, one.probabilities);
  } else if ('labels' in one) {
    assert.ok(prediction?.task === 'tokenLabels');
    assert.deepEqual(
      prediction.labels.map((label) => model.summary.labels[label]),
      one.labels,
    );
    near(prediction.probabilities, one.probabilities);
  } else if ('answers' in one) {
    assert.ok(prediction?.task === 'answerSpan');
    const [best] = prediction.answers;
    const { first, last, text } = one.answers[0]!;
    assert.deepEqual([best!.first, best!.last, best!.text], [first, last, text]);
    near(
      prediction.answers.map(({ probability }) => probability),
      one.answers.map(({ probability }) => probability),
    );
  } else if ('next' in one) {
    assert.equal(prediction?.task, 'nextToken');
    likeliest(one.ids.length - 1, one.next);
    const source = batchOf(trace);
    const maxNewTokens = one.sequence.length - one.ids.length;
    const { sequences } = await generateSequences(model, source, null, {
      maxNewTokens,
      beams: null,
    });
    assert.deepEqual(sequences, [one.sequence]);
    const written = model.tokenizer.decode(one.sequence.slice(one.ids.length)).text;
    assert.equal(written, one.continuation);
  } else {
    const written = trace.written.map(({ token }) => token.id);
    const start = trace.plan.target.map(({ id }) => id);
    assert.deepEqual([...start, ...written], one.sequence);
    assert.equal(model.tokenizer.decode(one.sequence).text, one.output);
  }
}
