import * as tf from '@tensorflow/tfjs-core';
import { Failure } from '../failure/failure';
import type { Prediction } from '../protocol/trace';
import { noProbe } from '../transformer/probe';
import type { OutputHead } from '../transformer/outputHead';
import { answerSpans } from './answerSpans';
import { lentNumbers } from './lentNumbers';
import { sigmoid, softmax } from './probabilities';
import type { Trace } from './trace';

/** Logits computed at once: 16 MB. A long text times a large vocabulary would be gigabytes. */
const LOGITS_AT_ONCE = 2 ** 22;

/**
 * What a model says of the text of a trace, from its last layer's states `[position, width]`.
 * Likeliest tokens go into the trace, to be asked for one by one.
 * @throws Failure `model.notNumbers`
 */
export async function predict(
  trace: Trace,
  head: OutputHead,
  states: tf.Tensor2D,
  breathe: () => Promise<void>,
): Promise<Prediction | null> {
  const { task, outputs } = head.config;
  switch (task) {
    case null:
      return null;
    case 'nextToken':
    case 'maskedToken': {
      const rows = Math.max(1, Math.floor(LOGITS_AT_ONCE / outputs));
      for (let from = 0; from < states.shape[0]; from += rows) {
        const count = Math.min(rows, states.shape[0] - from);
        withLogits(head, states, from, count, (logits) =>
          trace.predictions!.append(logits, outputs),
        );
        await breathe();
      }
      return task === 'nextToken' ? { task } : { task, masks: masksOf(trace) };
    }
    default:
      return withLogits(head, states, 0, states.shape[0], (logits) =>
        labelled(trace, head, logits),
      );
  }
}

/** Everything but tokens is small: one number a label, or two a token. */
function labelled(trace: Trace, head: OutputHead, logits: Float32Array): Prediction {
  const { task, outputs, labelKind } = head.config;
  if (logits.some((logit) => !Number.isFinite(logit))) throw new Failure('model.notNumbers');
  switch (task) {
    case 'sequenceLabels': {
      const all = [...logits];
      const probabilities =
        labelKind === 'regression'
          ? []
          : labelKind === 'multi'
            ? all.map(sigmoid)
            : softmax(logits);
      return { task, kind: labelKind, logits: all, probabilities };
    }
    case 'tokenLabels': {
      const rows = Array.from({ length: logits.length / outputs }, (_, token) =>
        softmax(logits.subarray(token * outputs, (token + 1) * outputs)),
      );
      const labels = rows.map((row) => row.indexOf(Math.max(...row)));
      return { task, labels, probabilities: rows.map((row, token) => row[labels[token]!]!) };
    }
    case 'answerSpan':
      return { task, ...answerSpans(trace.plan, logits) };
    case 'replacedToken':
      return { task, probabilities: [...logits].map(sigmoid) };
    default:
      throw new Failure('internal.unexpected', { reason: String(task) });
  }
}

/** Lends the logits of `count` positions from one on, `[position, outputs]`, while they are read. */
function withLogits<T>(
  head: OutputHead,
  states: tf.Tensor2D,
  from: number,
  count: number,
  read: (logits: Float32Array) => T,
): T {
  const logits = tf.tidy(() => {
    const rows = tf.slice(states, [from, 0], [count, -1]);
    return head.apply(rows, { batch: 1, length: count }, noProbe);
  });
  try {
    return read(lentNumbers(logits));
  } finally {
    logits.dispose();
  }
}

/** Source tokens that are to be guessed. */
function masksOf({ source, model }: Trace): number[] {
  const { mask } = model.tokenizer.roles;
  return source.flatMap(({ id }, index) => (id === mask ? [index] : []));
}
