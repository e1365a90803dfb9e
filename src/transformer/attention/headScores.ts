import * as tf from '@tensorflow/tfjs-core';
import { product } from '../product';
import { scoresBy } from '../scoreFunction';
import type { Queries } from './keysValues';

/** Whether a head's scores are computed in another way than the model was trained with. */
export const isChanged = ({ changed }: Queries, head: number): boolean =>
  changed !== undefined && changed.heads?.has(head) !== false;

/** Queries times the scale, as `headScores` takes them. */
export const scaled = ({ rows, scale }: Queries): tf.Tensor2D =>
  scale === 1 ? rows : tf.mul<tf.Tensor2D>(rows, scale);

/**
 * Scores `[query, key]` of one head of a sequence, after position bias and mask.
 * @param rows the head's queries `[query, d]`, times the scale
 * @param keysTransposed `[d, key]`: so that q · kᵀ is a plain product
 */
export function headScores(
  queries: Queries,
  sequence: number,
  head: number,
  rows: tf.Tensor2D,
  keysTransposed: tf.Tensor2D,
): tf.Tensor2D {
  const raw = isChanged(queries, head)
    ? scoresBy(queries.changed!.function, rows, keysTransposed, queries.scale)
    : product(rows, keysTransposed);
  const bias = queries.bias?.of(sequence, head);
  const biased = bias ? tf.add<tf.Tensor2D>(raw, bias) : raw;
  const mask = queries.mask.of(sequence);
  return mask ? tf.add<tf.Tensor2D>(biased, mask) : biased;
}
