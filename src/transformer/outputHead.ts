import * as tf from '@tensorflow/tfjs-core';
import type { HeadConfig } from './config';
import type { Linear } from './linear';
import type { Norm } from './normalization';
import { offer, type Probe } from './probe';
import type { SequenceShape } from './sequence';
import { tableRows } from './tableRows';

export interface HeadParts {
  readonly transform: Linear | null;
  readonly transformNorm: Norm | null;
  /** Null: the transform is the answer (a pooler). */
  readonly output: Linear | null;
}

/**
 * From the last stack's output to the model's answer: optionally a dense layer with a non-linearity
 * and a norm, then logits over a vocabulary or labels (section 3.4; Devlin et al. 2019, sections 3.1 and 4).
 */
export class OutputHead {
  constructor(
    readonly config: HeadConfig,
    readonly parts: HeadParts,
  ) {}

  /**
   * Answers for states `[batch · position, width]`, offered to the probe under the reference's names
   * and shapes; the caller owns the result `[batch · position or batch, outputs]`.
   */
  apply(states: tf.Tensor2D, shape: SequenceShape, probe: Probe): tf.Tensor2D {
    return tf.tidy(() => {
      const { scale, reads, transform, task } = this.config;
      const read = reads === 'first' ? columnOf(states, shape, 0) : states;
      let x = scale === 1 ? read : tf.mul<tf.Tensor2D>(read, scale);
      if (this.parts.transform && transform)
        x = this.parts.transform.apply(x, transform.activation);
      if (this.parts.transformNorm) x = this.parts.transformNorm.apply(x);
      if (!this.parts.output) return offer(probe, 'pooler_output', x, x.shape);
      return offerLogits(this.parts.output.apply(x), task, reads, shape, probe);
    });
  }

  /**
   * Logits of the last position of each sequence alone, `[batch, outputs]`: those of all positions of a
   * long prompt cost more than the text itself. Only for a probe that wants them they are computed.
   */
  applyToLast(states: tf.Tensor2D, shape: SequenceShape, probe: Probe): tf.Tensor2D {
    const { batch, length } = shape;
    if (length === 1) return this.apply(states, shape, probe);
    return tf.tidy(() =>
      probe.wants('logits')
        ? columnOf(this.apply(states, shape, probe), shape, length - 1)
        : this.apply(columnOf(states, shape, length - 1), { batch, length: 1 }, probe),
    );
  }
}

/** One position of each sequence, `[batch, width or outputs]`. */
function columnOf(
  rows: tf.Tensor2D, // [batch · position, width or outputs]
  { batch, length }: SequenceShape,
  position: number,
): tf.Tensor2D {
  return tableRows(
    rows,
    Int32Array.from({ length: batch }, (_, sequence) => sequence * length + position),
  );
}

function offerLogits(
  logits: tf.Tensor2D,
  task: HeadConfig['task'],
  reads: HeadConfig['reads'],
  { batch, length }: SequenceShape,
  probe: Probe,
): tf.Tensor2D {
  if (reads === 'first') return offer(probe, 'logits', logits, logits.shape);
  if (task === 'replacedToken') return offer(probe, 'logits', logits, [batch, length]);
  if (task !== 'answerSpan')
    return offer(probe, 'logits', logits, [batch, length, logits.shape[1]]);
  const [starts, ends] = tf.split<tf.Tensor2D>(logits, 2, 1); // each [batch · position, 1]
  return tf.concat2d(
    [
      offer(probe, 'start_logits', starts!, [batch, length]),
      offer(probe, 'end_logits', ends!, [batch, length]),
    ],
    1,
  );
}
