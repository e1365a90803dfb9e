import assert from 'node:assert/strict';
import { translator } from '../../../src/language/translate';
import { initialNavigation, type Navigation } from '../../../src/protocol/navigation';
import type { Prediction } from '../../../src/protocol/trace';
import { emptySnapshot } from '../../../src/protocol/traceMirror';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import { chosenToken, entryOfToken, tokenInSight } from '../../../webview/inspector/tokenEntries';
import { chipTags } from '../../../webview/prediction/chipTags';
import {
  kindOf,
  kindsOf,
  labelName,
  markOf,
  markOfLabel,
} from '../../../webview/prediction/labelMarks';
import { offersPrediction, whyNoPrediction } from '../../../webview/prediction/offersPrediction';
import { modelOf, planWith, tokenOf } from '../../support/traceParts';

const t = translator({});
const singly = (count: number) => Array.from({ length: count }, (_, i) => ({ first: i, last: i }));

describe('marks of labels', () => {
  it('beginning and inside of one kind share a mark; outside has none', () => {
    const labels = ['O', 'B-PER', 'I-PER', 'B-LOC', 'B_ORG', 'NOUN'];
    assert.deepEqual(kindsOf(labels), ['PER', 'LOC', 'ORG', 'NOUN']);
    const kinds = kindsOf(labels);
    assert.deepEqual(markOfLabel('B-PER', kinds), markOfLabel('I-PER', kinds));
    assert.notDeepEqual(markOfLabel('B-PER', kinds), markOfLabel('B-LOC', kinds));
    assert.equal(markOfLabel('O', kinds), null);
    assert.equal(kindOf('B-'), 'B-', 'a label that is but a prefix is a name');
  });

  it('eighteen kinds look different: six colours, three lines', () => {
    const marks = Array.from({ length: 18 }, (_, i) => JSON.stringify(markOf(i)));
    assert.equal(new Set(marks).size, 18);
    assert.deepEqual(markOf(18), markOf(0));
  });

  it('a label that no one named has its number', () => {
    assert.equal(labelName(['a'], 0), 'a');
    assert.equal(labelName(['a'], 1), 'LABEL_1');
  });
});

describe('tags under chips', () => {
  const labelled: Prediction = {
    task: 'tokenLabels',
    labels: [0, 1, 2],
    probabilities: [0.9, 0.8, 0.7],
  };
  const model = { labels: ['O', 'B-PER', 'I-PER'] };
  const texts = (prediction: Prediction | null, groups = singly(3)) =>
    chipTags(prediction, model, groups, t).map((tag) => tag?.text ?? null);

  it('tell labels, but not that a token belongs to nothing', () => {
    assert.deepEqual(texts(labelled), [null, 'B-PER', 'I-PER']);
    assert.equal(chipTags(labelled, model, singly(3), t)[1]?.words, 'B-PER 0.8000');
  });

  it('a word has the label of its first token', () => {
    const words = [
      { first: 0, last: 0 },
      { first: 1, last: 2 },
    ];
    assert.deepEqual(texts(labelled, words), [null, 'B-PER']);
  });

  it('mark the best answer, named once; a word that it begins in is part of it', () => {
    const answer: Prediction = {
      task: 'answerSpan',
      answers: [{ first: 1, last: 2, text: 'x', probability: 0.5 }],
      starts: [],
      ends: [],
    };
    assert.deepEqual(texts(answer, singly(4)), [null, 'answer', '', null]);
    const words = [
      { first: 0, last: 1 },
      { first: 2, last: 3 },
    ];
    assert.deepEqual(texts(answer, words), ['answer', '']);
    assert.deepEqual(texts({ ...answer, answers: [] }), []);
  });

  it('tell which tokens were replaced; a word is as suspect as its most suspect token', () => {
    const replaced: Prediction = { task: 'replacedToken', probabilities: [0.5, 0.2, 0.91] };
    assert.deepEqual(texts(replaced), [null, null, '.91']);
    assert.deepEqual(texts(replaced, [{ first: 0, last: 2 }]), ['.91']);
  });

  it('other tasks have none', () => {
    assert.deepEqual(texts(null), []);
    assert.deepEqual(texts({ task: 'nextToken' }), []);
    assert.deepEqual(texts({ task: 'maskedToken', masks: [1] }), []);
  });
});

describe('predictions', () => {
  const snapshot = (rest: Partial<TraceSnapshot>): TraceSnapshot => ({
    ...emptySnapshot('a', 'file'),
    plan: planWith({
      text: 'x',
      source: [],
      model: modelOf({ architecture: 'encoder', task: 'tokenLabels' }),
    }),
    ...rest,
  });

  it('are offered by all but base models and what writes its output', () => {
    assert.equal(offersPrediction({ task: null, architecture: 'encoder' }), false);
    assert.equal(offersPrediction({ task: 'nextToken', architecture: 'encoderDecoder' }), false);
    assert.equal(offersPrediction({ task: 'nextToken', architecture: 'decoder' }), true);
    assert.equal(
      offersPrediction({ task: 'sequenceLabels', architecture: 'encoderDecoder' }),
      true,
    );
  });

  it('say why they are missing', () => {
    assert.match(whyNoPrediction(snapshot({}), t) ?? '', /all layers/);
    assert.match(whyNoPrediction(snapshot({ outcome: 'cancelled' }), t) ?? '', /cancelled/);
    const failure = { code: 'trace.gone', args: {} } as const;
    assert.notEqual(whyNoPrediction(snapshot({ outcome: 'failed', failure }), t), null);
    const prediction = { task: 'nextToken' } as const;
    assert.equal(whyNoPrediction(snapshot({ outcome: 'failed', failure, prediction }), t), null);
  });
});

describe('tokens where words are listed', () => {
  const source = [0, 1, 1, 2].map((word, i) => tokenOf(`t${i}`, { word, part: 0 }));
  const snapshot: TraceSnapshot = {
    ...emptySnapshot('a', 'file'),
    plan: planWith({ text: 't0 t1t2 t3', source }),
  };
  const at = (unit: Navigation['unit'], index: number): Navigation => ({
    ...initialNavigation,
    unit,
    token: { side: 'source', index, locked: true },
  });

  it('a chosen word stands for its first token', () => {
    assert.equal(chosenToken({ snapshot, navigation: at('word', 2) })?.index, 3);
    assert.equal(chosenToken({ snapshot, navigation: at('token', 2) })?.index, 2);
    const preview = { side: 'source', index: 1 } as const;
    assert.equal(tokenInSight({ snapshot, navigation: at('word', 2), preview })?.index, 1);
  });

  it('choosing a token chooses its word', () => {
    const token = { side: 'source', index: 2 } as const;
    assert.equal(entryOfToken({ snapshot, navigation: at('word', 0) }, token).index, 1);
    assert.equal(entryOfToken({ snapshot, navigation: at('token', 0) }, token).index, 2);
  });
});
