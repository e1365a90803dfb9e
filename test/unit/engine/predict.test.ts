import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { predict } from '../../../src/engine/predict';
import { Failure } from '../../../src/failure/failure';
import type { Prediction } from '../../../src/protocol/trace';
import type { HeadConfig } from '../../../src/transformer/config';
import { Linear } from '../../../src/transformer/linear';
import { PlainMatrix } from '../../../src/transformer/matrix/plainMatrix';
import { OutputHead } from '../../../src/transformer/outputHead';
import { madeTrace } from '../../support/madeTrace';
import { specialToken, tokenOf } from '../../support/traceParts';
import { useWasm } from '../../support/wasm';

const SOURCE = [
  specialToken('[CLS]', 2),
  tokenOf('a', { id: 7, span: [0, 1], part: 0 }),
  tokenOf('b', { id: 8, span: [1, 2], part: 0 }),
];
/** [position, width]; the heads below hand the states on as they are. */
const STATES = [
  [1, -2, 0.5],
  [0, 3, 1],
  [-1, 0, 2],
];
const softmax = (row: readonly number[]): number[] => {
  const sum = row.reduce((total, one) => total + Math.exp(one), 0);
  return row.map((one) => Math.exp(one) / sum);
};
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** What is said by a head whose logits are the first `outputs` numbers of the states. */
async function said(
  config: Partial<HeadConfig> & Pick<HeadConfig, 'task' | 'outputs'>,
  states = STATES,
): Promise<Prediction | null> {
  const { outputs } = config;
  const all: HeadConfig = {
    ...{ reads: 'all', transform: null, tied: false, scale: 1, labels: [], labelKind: 'single' },
    ...config,
  };
  const { trace, dispose } = madeTrace(SOURCE, { task: config.task, architecture: 'decoder' });
  const weight = tf.tidy(() => tf.slice(tf.eye(3), [0, 0], [3, outputs]));
  const output = new Linear(new PlainMatrix(weight), null);
  const head = new OutputHead(all, { transform: null, transformNorm: null, output });
  const tensor = tf.tensor2d(states);
  let breaths = 0;
  try {
    return await predict(trace, head, tensor, () => Promise.resolve(void breaths++));
  } finally {
    if (config.task === 'nextToken') assert.equal(trace.predictions!.at(2)!.top.length, outputs);
    tf.dispose([tensor, weight]);
    dispose();
  }
}

function close(actual: readonly number[], wanted: readonly number[]): void {
  assert.equal(actual.length, wanted.length);
  for (const [i, one] of wanted.entries())
    assert.ok(Math.abs(actual[i]! - one) < 1e-6, String(actual));
}

describe('what a model says of a text', () => {
  before(useWasm);
  afterEach(() => assert.equal(tf.memory().numTensors, 0));

  it('nothing where it has but a pooler', async () => {
    assert.equal(await said({ task: null, outputs: 3 }), null);
  });

  it('labels of the text: one of them, any of them, or values', async () => {
    const labels = async (labelKind: HeadConfig['labelKind']) => {
      const prediction = await said({
        task: 'sequenceLabels',
        outputs: 3,
        reads: 'first',
        labelKind,
      });
      assert.ok(prediction?.task === 'sequenceLabels');
      assert.equal(prediction.kind, labelKind);
      close(prediction.logits, STATES[0]!);
      return prediction.probabilities;
    };
    close(await labels('single'), softmax(STATES[0]!));
    close(await labels('multi'), STATES[0]!.map(sigmoid));
    assert.deepEqual(await labels('regression'), []);
  });

  it('a label of each token', async () => {
    const prediction = await said({ task: 'tokenLabels', outputs: 3 });
    assert.ok(prediction?.task === 'tokenLabels');
    assert.deepEqual(prediction.labels, [0, 1, 2]);
    close(
      prediction.probabilities,
      STATES.map((row) => Math.max(...softmax(row))),
    );
  });

  it('whether each token was replaced', async () => {
    const prediction = await said({ task: 'replacedToken', outputs: 1 });
    assert.ok(prediction?.task === 'replacedToken');
    close(
      prediction.probabilities,
      STATES.map(([logit]) => sigmoid(logit!)),
    );
  });

  it('where the answer is', async () => {
    const prediction = await said({ task: 'answerSpan', outputs: 2 });
    assert.ok(prediction?.task === 'answerSpan');
    close(prediction.starts, softmax(STATES.map(([start]) => start!)));
    close(prediction.ends, softmax(STATES.map(([, end]) => end!)));
    assert.deepEqual([prediction.answers[0]!.first, prediction.answers[0]!.last], [1, 1]);
  });

  it('next tokens go into the trace', async () => {
    assert.deepEqual(await said({ task: 'nextToken', outputs: 3 }), { task: 'nextToken' });
  });

  it('is refused when it is no number', async () => {
    const broken = [[Number.NaN, 0, 0], ...STATES.slice(1)];
    const rejects = (error: unknown): boolean =>
      error instanceof Failure && error.code === 'model.notNumbers';
    for (const task of ['tokenLabels', 'answerSpan', 'replacedToken'] as const) {
      const outputs = { tokenLabels: 3, answerSpan: 2, replacedToken: 1 }[task];
      await assert.rejects(said({ task, outputs }, broken), rejects);
    }
  });
});
