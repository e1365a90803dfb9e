/** Mean of the squared distances from the mean, in float64; 0 of nothing. */
export function variance(values: ArrayLike<number>): number {
  const { length } = values;
  if (length === 0) return 0;
  let sum = 0;
  for (let i = 0; i < length; i++) sum += values[i]!;
  const mean = sum / length;
  let squares = 0;
  for (let i = 0; i < length; i++) squares += (values[i]! - mean) ** 2;
  return squares / length;
}
