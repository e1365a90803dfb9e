import { Failure } from '../failure/failure';
import { topIndices } from '../transformer/generate/topIndices';
import { sumOfExponentials } from './sumOfExponentials';

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
  const best = topIndices(logits, CANDIDATES);
  const maximum = logits[best[0]!]!; // unless there is a NaN, which the sum tells
  const sum = sumOfExponentials(logits, maximum);
  if (Number.isNaN(sum)) throw new Failure('model.notNumbers');
  const probability = (id: number): number => Math.exp(logits[id]! - maximum) / sum;
  return {
    written: probability(written),
    top: best.map((id) => ({ id, probability: probability(id) })),
  };
}
