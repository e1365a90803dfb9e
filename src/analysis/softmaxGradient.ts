/**
 * Size of the softmax's gradient ‖∂p/∂s‖ at the weights p it gave: the Frobenius norm of
 * diag(p) − ppᵀ, that is √(Σᵢ pᵢ²(1 − pᵢ)² + Σᵢ≠ⱼ pᵢ²pⱼ²). It is 0 where one weight is 1: what the paper
 * means by regions of extremely small gradients (section 3.2.1). NaN (hidden) does not count.
 */
export function softmaxGradient(weights: ArrayLike<number>): number {
  let top = -1;
  for (let i = 0; i < weights.length; i++)
    if (weights[i]! > (weights[top] ?? Number.NEGATIVE_INFINITY)) top = i;
  if (top < 0) return 0;
  // All but the largest are summed by themselves: 1 − p would lose every digit where p is nearly 1.
  let rest = 0;
  let restSquares = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (i === top || Number.isNaN(weight)) continue;
    rest += weight;
    restSquares += weight * weight;
  }
  const largest = weights[top]!;
  const total = rest + largest;
  const squares = restSquares + largest * largest;
  let sum = (largest * rest) ** 2 + largest * largest * restSquares;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (i === top || Number.isNaN(weight)) continue;
    sum += (weight * (total - weight)) ** 2 + weight * weight * (squares - weight * weight);
  }
  return Math.sqrt(sum);
}
