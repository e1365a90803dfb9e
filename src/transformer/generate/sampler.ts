import { Failure } from '../../failure/failure';
import type { Chooser } from './chooser';
import { divideByTemperature, keepLikeliest, keepNucleus } from './cuts';
import { SeededDraws } from './seededDraws';
import { likeliestTokens } from './topIndices';

/** How tokens are drawn. */
export interface Sampling {
  /** Scores are divided by it; above 0. */
  readonly temperature: number;
  /** Only so many likeliest tokens, at least 1; null: all. */
  readonly topK: number | null;
  /** Only the likeliest with so much of the probability together, above 0; null: all. */
  readonly topP: number | null;
  /** 32 bits. */
  readonly seed: number;
}

/**
 * Draws each token from the softmax of the scores ÷ temperature, after top-k and then top-p, in the
 * order and by the definitions of Hugging Face transformers 4.57; its random numbers are others.
 *
 * The seed, the row and the place in the output decide the random number: what is given instead of drawn
 * leaves all later ones as they are, so that an output given up to some token goes on as it did.
 */
export function sampler({ temperature, topK, topP, seed }: Sampling): Chooser {
  const rows: SeededDraws[] = [];
  return {
    narrow(scores) {
      if (temperature !== 1) divideByTemperature(scores, temperature);
      if (topK !== null) keepLikeliest(scores, topK);
      if (topP !== null && topP < 1) keepNucleus(scores, topP);
    },
    choose(scores, position, row) {
      const draws = (rows[row] ??= new SeededDraws(seed, row));
      return drawn(scores, draws.at(position), position);
    },
  };
}

/**
 * The token at which the sum of probabilities, in the order of ids, goes beyond the draw.
 * @throws Failure `model.notNumbers`, `generation.noChoice`
 */
function drawn(scores: Float32Array, draw: number, position: number): number {
  const likeliest = likeliestTokens(scores, 1, position)[0]!;
  const largest = scores[likeliest]!;
  if (largest === Number.POSITIVE_INFINITY) throw new Failure('model.notNumbers');
  const powers = Float64Array.from(scores, (score) => Math.exp(score - largest));
  const goal = draw * powers.reduce((sum, power) => sum + power, 0);
  let sum = 0;
  const id = powers.findIndex((power) => (sum += power) > goal);
  // The same sum in the same order ends above any goal; a draw is below 1.
  return id < 0 ? likeliest : id;
}
