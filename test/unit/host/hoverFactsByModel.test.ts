// What a hover asks of models that do more than write, and of words.
import assert from 'node:assert/strict';
import { gatherFacts } from '../../../src/host/hover/gatherFacts';
import { initialNavigation, type Navigation } from '../../../src/protocol/navigation';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import { answers, Asked, float32, options } from './hoverAsking';
import { decoderPlan, readBy, wordPlan } from './wordFixture';

describe('the facts of a hover, by model and unit', () => {
  const standing = (navigation: Partial<Navigation>): Navigation => ({
    ...initialNavigation,
    head: 0,
    ...navigation,
  });
  const gatheredOf = (asked: Asked, snapshot: TraceSnapshot, index: number, navigation = {}) =>
    gatherFacts(
      asked.sources,
      { snapshot, navigation: standing(navigation) },
      { side: 'source', index },
      options,
    );

  it('of a word asks for its row, and names words', async () => {
    const row = {
      weights: float32(0, 0.5, 0.25, 0.25, 0),
      norms: float32(1, 2, 3, 4, 5),
      hidden: 0,
      approximate: false,
    };
    const focus = [{ stack: 'encoder', layer: 0, head: 1, entropy: 0.5, key: 3, weight: 0.75 }];
    const asked = new Asked({ ...answers, row, focus });
    const facts = await gatheredOf(asked, readBy(wordPlan), 2, { unit: 'word' });
    assert.deepEqual(
      asked.questions.map(({ name, question }) => [name, 'unit' in question && question.unit]),
      [
        ['row', 'word'],
        ['focus', 'word'],
      ],
      'three tokens have no one position',
    );
    assert.deepEqual([facts?.token.label, facts?.index, facts?.last], ['unbelievable', 2, 4]);
    assert.deepEqual(facts?.group, { first: 2, last: 4 });
    assert.deepEqual(
      facts?.row?.links.map(({ token: { label } }) => label),
      ['An', 'unbelievable', 'cat'],
    );
    assert.equal(facts?.focus[0]?.key.label, 'cat');
    const single = new Asked({ ...answers, row });
    await gatheredOf(single, readBy(wordPlan), 3, { unit: 'word' });
    assert.deepEqual(single.questions.at(-1), {
      name: 'positions',
      question: { side: 'source', from: 5, to: 6 },
    });
  });

  const likely = [
    { id: 3, label: 'dog', continues: null, probability: 0.5 },
    { id: 4, label: 'cat', continues: null, probability: 0.25 },
  ];

  it('of a decoder knows what it expected after the token, or after all of the word', async () => {
    const candidates = { candidates: likely, actual: likely[1] };
    const predicted = { prediction: { task: 'nextToken' } } as const;
    const snapshot = readBy(decoderPlan, predicted);
    const asked = new Asked({ ...answers, candidates });
    const facts = await gatheredOf(asked, snapshot, 1, { stack: 'decoder' });
    const last = (): unknown => asked.questions.at(-1);
    assert.deepEqual(last(), { name: 'candidates', question: { token: 1 } });
    assert.deepEqual(facts?.expected, { kind: 'next', ...candidates });
    await gatheredOf(asked, snapshot, 1, { stack: 'decoder', unit: 'word' });
    assert.deepEqual(last(), { name: 'candidates', question: { token: 3 } });
    // A run that has not come to its end expects nothing yet.
    const early = await gatheredOf(asked, readBy(decoderPlan), 1, { stack: 'decoder' });
    assert.equal(early?.expected, null);
  });

  it('of a mask knows what may stand there; of other tokens it does not ask', async () => {
    const candidates = { candidates: likely, actual: null };
    const snapshot = readBy(wordPlan, { prediction: { task: 'maskedToken', masks: [5] } });
    const asked = new Asked({ ...answers, candidates });
    const facts = await gatheredOf(asked, snapshot, 5);
    assert.deepEqual(facts?.expected, { kind: 'mask', ...candidates });
    const other = new Asked(answers);
    assert.equal((await gatheredOf(other, snapshot, 1))?.expected, null);
    assert.ok(other.questions.every(({ name }) => name !== 'candidates'));
  });

  it('asks for no table where positions are not added to the embeddings', async () => {
    const { model } = wordPlan;
    const snapshot = readBy({ ...wordPlan, model: { ...model, positionKind: { kind: 'alibi' } } });
    const asked = new Asked(answers);
    const facts = await gatheredOf(asked, snapshot, 1);
    assert.equal(facts?.encoding, null);
    assert.equal(facts?.missing, null);
    assert.ok(asked.questions.every(({ name }) => name !== 'positions'));
  });

  it('has what the model says of each token of a word', async () => {
    const labels = readBy(
      { ...wordPlan, model: { ...wordPlan.model, task: 'tokenLabels', labels: ['O', 'B'] } },
      {
        prediction: {
          task: 'tokenLabels',
          labels: [0, 0, 1, 1, 0, 0, 0],
          probabilities: [1, 1, 0.5, 0.25, 0.75, 1, 1],
        },
      },
    );
    const said = async (snapshot: TraceSnapshot): Promise<unknown> =>
      (await gatheredOf(new Asked(answers), snapshot, 2, { unit: 'word' }))?.said.map(
        ({ position, what, probability }) => [position, ...Object.values(what), probability],
      );
    assert.deepEqual(await said(labels), [
      [2, 'label', 'B', 0.5],
      [3, 'label', 'B', 0.25],
      [4, 'label', 'O', 0.75],
    ]);
    const replaced = [0, 0, 0.5, 0.25, 0.125, 0, 0];
    const found = { task: 'replacedToken', probabilities: replaced } as const;
    assert.deepEqual(await said(readBy(wordPlan, { prediction: found })), [
      [2, 'replaced', 0.5],
      [3, 'replaced', 0.25],
      [4, 'replaced', 0.125],
    ]);
    const prediction: TraceSnapshot['prediction'] = {
      ...{ task: 'answerSpan', answers: [], starts: replaced, ends: [0, 0, 0.75] },
    };
    assert.deepEqual(await said(readBy(wordPlan, { prediction })), [
      [2, 'start', 0.5],
      [3, 'start', 0.25],
      [4, 'start', 0.125],
      [2, 'end', 0.75],
    ]);
  });
});
