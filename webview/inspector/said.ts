import { sightOf, unseenIn, type Unseen } from '../../src/navigation/causality';
import type { RowAddress } from '../../src/protocol/address';
import type { Answer } from '../../src/protocol/queries';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import { numbersOf } from '../../src/protocol/wireTensor';

/** What a row says of a token: its weight; why a mask leaves it none; or nothing. */
export type Said = number | Unseen | null;

export function saidBy(
  row: Answer<'row'> | null,
  address: RowAddress | null,
  snapshot: TraceSnapshot,
): (index: number) => Said {
  if (row === null || address === null) return () => null;
  const weights = numbersOf(row.weights);
  const sight = sightOf(snapshot, address);
  return (index) => {
    const unseen = unseenIn(sight, address.direction, index);
    if (unseen !== null) return unseen;
    const weight = weights[index];
    return weight === undefined || Number.isNaN(weight) ? null : weight;
  };
}
