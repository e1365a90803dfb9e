import assert from 'node:assert/strict';
import { Failure } from '../../../src/failure/failure';
import { ConfigReader } from '../../../src/transformer/families/configReader';
import { labelHead } from '../../../src/transformer/families/heads';
import type { HeadConfig } from '../../../src/transformer/config';

const head = (json: Record<string, unknown>): HeadConfig =>
  labelHead(new ConfigReader(json), 'sequenceLabels');
const refused = (json: Record<string, unknown>, option: string): void =>
  assert.throws(
    () => head(json),
    (error) => error instanceof Failure && error.args['option'] === option,
  );

describe('labels of a classifier', () => {
  it('by id2label, however the file orders them', () => {
    const { labels, outputs } = head({ id2label: { 2: 'c', 0: 'a', 1: 'b' }, num_labels: 9 });
    assert.deepEqual([labels, outputs], [['a', 'b', 'c'], 3]);
  });

  it('with numbers for names that are missing or no text', () => {
    const { labels } = head({ id2label: { 0: 'a', 5: 'f', 1: 7 } });
    assert.deepEqual(labels, ['a', 'LABEL_1', 'LABEL_2']);
  });

  it('by num_labels, two where the file is silent', () => {
    assert.deepEqual(head({ num_labels: 3 }).labels, ['LABEL_0', 'LABEL_1', 'LABEL_2']);
    assert.equal(head({}).outputs, 2);
    assert.equal(head({ id2label: null }).outputs, 2);
  });

  it('are probabilities of one, or of each, or plain values', () => {
    assert.equal(head({}).labelKind, 'single');
    assert.equal(head({ num_labels: 1 }).labelKind, 'regression');
    assert.equal(head({ num_labels: 1, problem_type: null }).labelKind, 'regression');
    assert.equal(head({ problem_type: 'multi_label_classification' }).labelKind, 'multi');
    assert.equal(head({ num_labels: 3, problem_type: 'regression' }).labelKind, 'regression');
    const one = { num_labels: 1, problem_type: 'single_label_classification' };
    assert.equal(head(one).labelKind, 'single');
  });

  it('that make no sense are refused by name', () => {
    refused({ problem_type: 'ranking' }, 'problem_type');
    refused({ id2label: ['a', 'b'] }, 'id2label');
    refused({ id2label: 'a' }, 'id2label');
    refused({ num_labels: 0 }, 'num_labels');
    refused({ num_labels: 100_001 }, 'num_labels');
    refused({ num_labels: '3' }, 'num_labels');
  });
});
