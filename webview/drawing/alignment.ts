/** Two token lists side by side: which token of one stands for which of the other. Pure. */

/** Places in the two lists; null where one has no partner. Never both null. */
export interface Pair {
  readonly pinned: number | null;
  readonly current: number | null;
}

/**
 * Cells of the table that finds the longest common subsequence: one byte each, 16 MB. Texts of 4,000
 * tokens that differ from their first token to their last one are beyond what a panel shows.
 */
export const MOST_CELLS = 1 << 24;

/** How far two lists agree from their beginning. */
function commonStart<T>(pinned: readonly T[], current: readonly T[]): number {
  let count = 0;
  while (count < pinned.length && count < current.length && pinned[count] === current[count])
    count++;
  return count;
}

/**
 * Aligns two lists by their longest common subsequence: what is in it stands side by side, all
 * else alone, first what only the pinned list has. The order of both lists is kept, and every place
 * comes exactly once. Lists that differ over more than `MOST_CELLS` are aligned only where they
 * agree from the beginning and from the end.
 */
export function align<T extends string | number>(
  pinned: readonly T[],
  current: readonly T[],
): Pair[] {
  const start = commonStart(pinned, current);
  const end = commonStart(pinned.slice(start).toReversed(), current.slice(start).toReversed());
  const rows = pinned.length - start - end;
  const columns = current.length - start - end;
  const pairs: Pair[] = [];
  const both = (count: number, left: number, right: number): void => {
    for (let i = 0; i < count; i++) pairs.push({ pinned: left + i, current: right + i });
  };
  both(start, 0, 0);
  pairs.push(
    ...middle(pinned.slice(start, start + rows), current.slice(start, start + columns)).map(
      (pair) => ({
        pinned: pair.pinned === null ? null : pair.pinned + start,
        current: pair.current === null ? null : pair.current + start,
      }),
    ),
  );
  both(end, start + rows, start + columns);
  return pairs;
}

/** The part between common beginning and end. */
function middle<T>(pinned: readonly T[], current: readonly T[]): Pair[] {
  const [rows, columns] = [pinned.length, current.length];
  const pairs: Pair[] = [];
  const steps = rows * columns > MOST_CELLS ? null : stepsOf(pinned, current);
  let [row, column] = [0, 0];
  while (row < rows || column < columns) {
    const step =
      row === rows
        ? Step.current
        : column === columns || steps === null
          ? Step.pinned
          : steps[row * columns + column];
    pairs.push({
      pinned: step === Step.current ? null : row,
      current: step === Step.pinned ? null : column,
    });
    if (step !== Step.current) row++;
    if (step !== Step.pinned) column++;
  }
  return pairs;
}

/** What comes next on the way that keeps most in common. */
const Step = { both: 0, pinned: 1, current: 2 } as const;

/** Best step from every pair of places, `[pinned, current]`, filled from the ends of both lists. */
function stepsOf<T>(pinned: readonly T[], current: readonly T[]): Uint8Array {
  const [rows, columns] = [pinned.length, current.length];
  const steps = new Uint8Array(rows * columns);
  /** Longest common subsequence of what is left, `[current]`, for the row below and for this one. */
  let below = new Uint32Array(columns + 1);
  let here = new Uint32Array(columns + 1);
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      const at = row * columns + column;
      const [without, skipped] = [below[column]!, here[column + 1]!];
      if (pinned[row] === current[column]) here[column] = below[column + 1]! + 1;
      else here[column] = Math.max(without, skipped);
      steps[at] =
        pinned[row] === current[column]
          ? Step.both
          : without >= skipped
            ? Step.pinned
            : Step.current;
    }
    [below, here] = [here, below];
  }
  return steps;
}
