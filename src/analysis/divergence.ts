/** log₂ of the softmax of logits, in float64. */
function logarithms(logits: ArrayLike<number>): Float64Array {
  let maximum = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logits.length; i++) maximum = Math.max(maximum, logits[i]!);
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += Math.exp(logits[i]! - maximum);
  const shift = maximum + Math.log(sum);
  return Float64Array.from(logits, (logit) => (logit - shift) / Math.LN2);
}

/** KL(p ‖ q) = Σ p log₂(p ÷ q) of the softmax of two rows of logits, in bits. Never below 0. */
export function divergence(p: ArrayLike<number>, q: ArrayLike<number>): number {
  const [before, after] = [logarithms(p), logarithms(q)];
  let bits = 0;
  for (let i = 0; i < before.length; i++) {
    const probability = 2 ** before[i]!;
    if (probability > 0) bits += probability * (before[i]! - after[i]!);
  }
  return Math.max(0, bits);
}
