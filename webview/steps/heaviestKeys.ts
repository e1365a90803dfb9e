/** Which keys are shown when there are too many: the heaviest, the chosen one, in the order of the text. Pure. */

export function heaviestKeys(
  weights: ArrayLike<number>,
  most: number,
  chosen: number,
): readonly number[] {
  const all = Array.from(weights, (_, key) => key);
  if (all.length <= most) return all;
  const heavy = all.toSorted((a, b) => weights[b]! - weights[a]!).slice(0, most);
  if (!heavy.includes(chosen)) heavy[most - 1] = chosen;
  return heavy.toSorted((a, b) => a - b);
}
