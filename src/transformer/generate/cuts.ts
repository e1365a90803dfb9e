import { positiveFloat32 } from './float32Range';

// What sampling does to scores before it draws: the warpers of Hugging Face transformers 4.57, each in
// place and in the float32 arithmetic of the original, which decides at the edge of a cut.

/** Divides scores by a temperature (Ackley, Hinton, Sejnowski 1985): above 1 all become more alike. */
export function divideByTemperature(scores: Float32Array, temperature: number): void {
  const divisor = positiveFloat32(temperature);
  const largest = scores.reduce((most, score) => Math.max(most, score), -Infinity);
  // Where quotients would leave float32, differences alone count: the likeliest is all that is left.
  const overflows = Number.isFinite(largest) && !Number.isFinite(Math.fround(largest / divisor));
  const shift = overflows ? largest : 0;
  for (let id = 0; id < scores.length; id++) scores[id] = (scores[id]! - shift) / divisor;
}

/**
 * Leaves the `count` likeliest tokens (top-k, Fan et al. 2018), and with them all that are as likely
 * as the last one.
 */
export function keepLikeliest(scores: Float32Array, count: number): void {
  if (count >= scores.length) return;
  const least = scores.slice().sort()[scores.length - count]!;
  for (const [id, score] of scores.entries()) if (score < least) scores[id] = -Infinity;
}

/**
 * Leaves the fewest likeliest tokens that together have `share` of the probability, at least one
 * (top-p, Holtzman et al. 2020). Of equally likely ones at the cut those with lower ids go.
 */
export function keepNucleus(scores: Float32Array, share: number): void {
  const sorted = scores.slice().sort();
  const likeliest = sorted.at(-1)!;
  const powers = Float64Array.from(sorted, (score) => Math.exp(score - likeliest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  // Sums go from the least likely on: what is at most the rest of the share is left out.
  const rest = Math.fround(1 - share);
  let cut = 0;
  let sum = 0;
  for (; cut < sorted.length - 1; cut++) {
    sum += Math.fround(powers[cut]! / total);
    if (!(Math.fround(sum) <= rest)) break;
  }
  const least = sorted[cut]!;
  let equals = cut - sorted.indexOf(least);
  for (const [id, score] of scores.entries()) {
    if (score < least || (score === least && equals-- > 0)) scores[id] = -Infinity;
  }
}
