/**
 * What masks hide: a decoder's token attends to no token after it (paper section 3.1) and, with a
 * sliding window (Beltagy et al. 2020), to none too far before it.
 */
import type { Direction, LayerChoice, MatrixAddress, RowAddress } from '../protocol/address';
import type { TraceSnapshot } from '../protocol/traceSnapshot';
import { groupsOn, querySide, readingStack } from './traceState';

/** Tokens (or words), from the first to the last. */
export interface Sight {
  readonly first: number;
  readonly last: number;
}

/** Why two tokens share no weight: the key is after the query, or before its window. */
export type Unseen = 'later' | 'earlier' | 'beforeWindow' | 'afterWindow';

/** Keys that a query sees, itself included; a mean over layers sees what any of them sees. */
function windowOf({ plan }: TraceSnapshot, layer: LayerChoice): number {
  if (plan === null || readingStack(plan) !== 'decoder') return Infinity;
  const { windows } = plan.model;
  const own = layer === 'mean' ? windows : windows.slice(layer, layer + 1);
  return own.length === 0 ? Infinity : Math.max(...own.map((window) => window ?? Infinity));
}

/**
 * What each query sees (`looksAt`), or which queries see each key (`lookedAt`), whatever the weights;
 * null: all see all. A word sees what one of its tokens sees, and is seen where one of them is.
 */
export function sightsOf(
  snapshot: TraceSnapshot,
  { stack, layer, unit }: MatrixAddress,
  direction: Direction,
): ((index: number) => Sight) | null {
  if (stack !== 'decoder') return null;
  const groups = groupsOn(snapshot, querySide(snapshot, stack), unit);
  const entryAt = groups.flatMap(({ first, last }, entry) =>
    Array.from({ length: last - first + 1 }, () => entry),
  );
  const end = groups.length - 1;
  const back = windowOf(snapshot, layer) - 1;
  return (index) => {
    const { first, last } = groups[index] ?? { first: 0, last: 0 };
    return direction === 'looksAt'
      ? { first: entryAt[Math.max(0, first - back)] ?? 0, last: index }
      : { first: index, last: entryAt[last + back] ?? end };
  };
}

/** The same for one row (keys) or column (queries). */
export const sightOf = (snapshot: TraceSnapshot, address: RowAddress): Sight | null =>
  sightsOf(snapshot, address, address.direction)?.(address.token) ?? null;

/** Why an entry of a row or column has no weight: shown as that, not as a weight of 0; null: it has one. */
export function unseenIn(sight: Sight | null, direction: Direction, other: number): Unseen | null {
  if (sight === null) return null;
  if (other < sight.first) return direction === 'looksAt' ? 'beforeWindow' : 'earlier';
  if (other > sight.last) return direction === 'looksAt' ? 'later' : 'afterWindow';
  return null;
}
