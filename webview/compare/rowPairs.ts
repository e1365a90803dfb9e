/** Two rows of weights as one list of tokens, and its order. Pure. */
import { minus } from '../drawing/difference';
import type { CommonAxis } from './commonAxis';

/** A token of either row. A weight is null where the row has no such token. */
export interface RowPair {
  readonly position: number;
  readonly label: string;
  readonly pinned: number | null;
  readonly current: number | null;
  /** Current minus pinned; null unless both are there. */
  readonly difference: number | null;
}

export type PairColumn = 'position' | 'pinned' | 'current' | 'difference';

export interface PairOrder {
  readonly column: PairColumn;
  readonly descending: boolean;
}

/** A weight the reader sees: tokens that are not in the row, or hidden in it, have none. */
function weightIn(weights: Float32Array, index: number | null): number | null {
  const weight = index === null ? undefined : weights[index];
  return weight === undefined || Number.isNaN(weight) ? null : weight;
}

export function pairsOf(axis: CommonAxis, pinned: Float32Array, current: Float32Array): RowPair[] {
  return axis.pairs.flatMap((pair, position) => {
    const before = weightIn(pinned, pair.pinned);
    const now = weightIn(current, pair.current);
    if (before === null && now === null) return [];
    const label = axis.labels[position] ?? '';
    return [{ position, label, pinned: before, current: now, difference: minus(now, before) }];
  });
}

/** A sorted copy: what is not there comes last; differences are ordered by their size. */
export function sortedPairs(
  pairs: readonly RowPair[],
  { column, descending }: PairOrder,
): RowPair[] {
  const key = (pair: RowPair): number | null =>
    column === 'difference' && pair.difference !== null ? Math.abs(pair.difference) : pair[column];
  const sign = descending ? -1 : 1;
  return [...pairs].sort((x, y) => {
    const [a, b] = [key(x), key(y)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * (a - b) || x.position - y.position;
  });
}

/** What a click on a header does: turn the order round, or begin with what matters most. */
export function pairOrderAfter(order: PairOrder, column: PairColumn): PairOrder {
  if (order.column === column) return { column, descending: !order.descending };
  return { column, descending: column !== 'position' };
}
