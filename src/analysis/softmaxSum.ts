/** What a softmax divides by. */
export interface SoftmaxSum {
  readonly largest: number;
  /** Σ exp(score − largest), in float64. */
  readonly sum: number;
}

export function softmaxSum(scores: ArrayLike<number>): SoftmaxSum {
  const all = Array.from(scores);
  const largest = all.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  return { largest, sum: all.reduce((sum, score) => sum + Math.exp(score - largest), 0) };
}

/** A score's weight. */
export const weightOfScore = (score: number, { largest, sum }: SoftmaxSum): number =>
  Math.exp(score - largest) / sum;
