/** Which labels of an axis are written when there is not room for all. */

const STEPS = [1, 2, 5];

/** Smallest of 1, 2, 5, 10, 20, 50 … that is at least `least`. */
export function niceStep(least: number): number {
  for (let power = 1; ; power *= 10)
    for (const step of STEPS) if (step * power >= least) return step * power;
}

/**
 * Indices to label among those seen, evenly spaced from index 0 so that labels stay on their cells
 * while the view moves.
 *
 * @param seen first index seen, and the index behind the last
 * @param cell pixels a cell
 * @param spacing pixels a label needs
 */
export function labelledIndices(
  seen: readonly [number, number],
  cell: number,
  spacing: number,
): number[] {
  const step = niceStep(spacing / cell);
  const indices: number[] = [];
  for (let at = Math.ceil(seen[0] / step) * step; at < seen[1]; at += step) indices.push(at);
  return indices;
}

/** At most `longest` characters (whole code points), with an ellipsis where something is left out. */
export function shorten(label: string, longest: number): string {
  const points = [...label];
  return points.length <= longest ? label : `${points.slice(0, longest - 1).join('')}…`;
}
