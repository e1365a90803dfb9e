/** Logarithms of the softmax of one row of logits, in float32 as the logits are. */
export function logSoftmax(logits: Float32Array): Float32Array {
  let largest = -Infinity;
  for (const logit of logits) if (logit > largest) largest = logit;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - largest);
  const shift = largest + Math.log(sum);
  return logits.map((logit) => logit - shift);
}

/** Softmax of one row of logits. */
export const softmax = (logits: Float32Array): Float32Array => logSoftmax(logits).map(Math.exp);
