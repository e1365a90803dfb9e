import type { RowAddress } from '../../protocol/address';
import type { TraceSnapshot } from '../../protocol/panelMessages';
import type { Answer } from '../../protocol/queries';
import type { Token } from '../../protocol/trace';
import { numbersOf } from '../../protocol/wireTensor';

/** A row as a table for people and programs: the other tokens with their weights and norms. */
export function rowTable(
  snapshot: TraceSnapshot,
  address: RowAddress,
  row: Answer<'row'>,
): (string | number)[][] {
  const tokens = otherTokens(snapshot, address);
  const weights = numbersOf(row.weights);
  const norms = numbersOf(row.norms);
  // A token may have been written since the row was asked for: the row's length counts.
  const lines = [...weights].map((weight, position) => [
    position,
    tokens[position]?.label ?? '',
    weight,
    norms[position] ?? Number.NaN,
  ]);
  return [['position', 'token', 'weight', 'norm'], ...lines];
}

/** The tokens across from the chosen one: keys of a query, or queries of a key. */
function otherTokens(
  { plan, written }: TraceSnapshot,
  { stack, direction }: RowAddress,
): readonly Token[] {
  if (plan === null) return [];
  const target = [...plan.target, ...written.map(({ token }) => token)];
  if (stack === 'encoder') return plan.source;
  if (stack === 'decoder') return target;
  return direction === 'looksAt' ? plan.source : target;
}
