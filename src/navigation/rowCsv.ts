import type { Answer } from '../protocol/queries';
import type { Token } from '../protocol/trace';
import { numbersOf } from '../protocol/wireTensor';
import { csv } from './csv';

/**
 * A row as CSV for people and programs: the tokens across from the chosen one (keys of a query, or
 * queries of a key) with their weights and norms; both are empty where the token is hidden. The copy
 * of the panel and the terminal's `--row` are this text, byte for byte.
 */
export function rowCsv(others: readonly Token[], row: Answer<'row'>): string {
  const weights = numbersOf(row.weights);
  const norms = numbersOf(row.norms);
  // A token may have been written since the row was asked for: the row's length counts.
  const lines = [...weights].map((weight, position) => [
    position,
    others[position]?.label ?? '',
    weight,
    norms[position] ?? Number.NaN,
  ]);
  return csv([['position', 'token', 'weight', 'norm'], ...lines]);
}
