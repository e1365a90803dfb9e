/** From a weight on screen to the steps that lead to it. Pure. */
import { largestOf } from '../../src/navigation/names';
import { groupsOn, keySide, querySide } from '../../src/navigation/traceState';
import type { RowAddress } from '../../src/protocol/address';
import type { NavigationChange } from '../../src/protocol/navigation';
import type { Answer } from '../../src/protocol/queries';
import { numbersOf } from '../../src/protocol/wireTensor';
import type { Sight } from '../inspector/view';

/** Two entries (tokens, or words) that a weight lies between. */
export interface Link {
  readonly query: number;
  readonly key: number | null;
}

/** Steps are about tokens: a word stands for its first one, and lets the heaviest key be found anew. */
export function explaining(
  { snapshot, navigation }: Pick<Sight, 'snapshot' | 'navigation'>,
  { query, key }: Link,
): NavigationChange {
  const { stack, unit } = navigation;
  const side = querySide(snapshot, stack);
  const first = (of: typeof side, entry: number): number =>
    unit === 'token' ? entry : (groupsOn(snapshot, of, 'word')[entry]?.first ?? 0);
  return {
    view: 'steps',
    unit: 'token',
    direction: 'looksAt',
    token: { side, index: first(side, query), locked: true },
    key: key === null ? null : first(keySide(snapshot, stack), key),
  };
}

/** The link that a row or column of weights is best explained by: the chosen key, else the heaviest. */
export function linkOf(address: RowAddress, row: Answer<'row'>, key: number | null): Link {
  if (address.direction === 'looksAt') return { query: address.token, key };
  const weights = numbersOf(row.weights);
  return { query: Math.max(0, weights.indexOf(largestOf(weights))), key: address.token };
}
