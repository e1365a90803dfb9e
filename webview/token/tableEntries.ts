/** What stands in the lines of the table, and in which order. Pure. */
import type { TokenTable } from '../../src/protocol/tokenViewMessages';
import type { Token } from '../../src/protocol/trace';
import { numbersOf } from '../../src/protocol/wireTensor';
import { sorted, type Column, type Entry } from '../drawing/sorting';
import { unseenIn } from '../../src/navigation/causality';
import { labelAt } from '../../src/navigation/labels';

export type TableColumn = Column | 'token';
export interface TableOrder {
  readonly column: TableColumn;
  readonly descending: boolean;
}

export interface TableEntry extends Entry {
  readonly token: Token;
  readonly label: string;
  /** This is the chosen token itself. */
  readonly chosen: boolean;
  /** Its numbers come from a preview. */
  readonly approximate: boolean;
}

/** One entry a token (or word) with a weight; hidden ones (NaN) and those out of sight have none. */
export function entriesOf(table: TokenTable): TableEntry[] {
  const { address, others, row, sight } = table;
  const norms = numbersOf(row.norms);
  const entries: TableEntry[] = [];
  numbersOf(row.weights).forEach((weight, position) => {
    const token = others[position];
    if (token === undefined || Number.isNaN(weight)) return;
    if (unseenIn(sight, address.direction, position) !== null) return;
    entries.push({
      position,
      weight,
      norm: norms[position] ?? 0,
      token,
      label: labelAt(others, position),
      // Queries and keys of cross-attention are different texts.
      chosen: address.stack !== 'cross' && position === address.token,
      approximate: row.approximate,
    });
  });
  return entries;
}

/** A sorted copy; what is equal keeps the order of the text. */
export function inOrder(
  entries: readonly TableEntry[],
  { column, descending }: TableOrder,
  collator: Intl.Collator,
): TableEntry[] {
  if (column !== 'token') return sorted(entries, { column, descending });
  const sign = descending ? -1 : 1;
  return entries.toSorted(
    (x, y) => sign * collator.compare(x.label, y.label) || x.position - y.position,
  );
}

/** What a click on a column's header does: turn the order round, or begin with what matters most. */
export function orderAfter(order: TableOrder, column: TableColumn): TableOrder {
  if (order.column === column) return { column, descending: !order.descending };
  return { column, descending: column === 'weight' || column === 'norm' };
}
