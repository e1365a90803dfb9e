import { Failure } from '../failure/failure';
import { topIndices } from '../transformer/generate/topIndices';

/** Alternatives shown for a token. */
export const CANDIDATES = 5;

/** A token id with its probability. */
export interface Likelihood {
  readonly id: number;
  readonly probability: number;
}

/**
 * Softmax of one row of logits, in float64: the likeliest tokens, and the probability of the one
 * written.
 * @throws Failure `model.notNumbers`: NaN or infinity among the logits, as damaged weights lead to
 */
export function likelihoods(
  logits: Float32Array,
  written: number,
): { readonly written: number; readonly top: readonly Likelihood[] } {
  let maximum = Number.NEGATIVE_INFINITY;
  for (const logit of logits) maximum = Math.max(maximum, logit);
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - maximum);
  if (Number.isNaN(sum)) throw new Failure('model.notNumbers');
  const probability = (id: number): number => Math.exp(logits[id]! - maximum) / sum;
  const top = topIndices(logits, CANDIDATES).map((id) => ({ id, probability: probability(id) }));
  return { written: probability(written), top };
}
