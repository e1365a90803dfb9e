/** Order of the table's rows. */

export type Column = 'position' | 'weight' | 'norm';
export interface Order {
  readonly column: Column;
  readonly descending: boolean;
}

export interface Entry {
  readonly position: number;
  readonly weight: number;
  readonly norm: number;
}

/** A sorted copy; equal values keep the order of the text. */
export function sorted<E extends Entry>(entries: readonly E[], { column, descending }: Order): E[] {
  const sign = descending ? -1 : 1;
  return [...entries].sort((x, y) => sign * (x[column] - y[column]) || x.position - y.position);
}

/** What a click on a column's header does: turn the order round, or begin with what matters most. */
export function orderAfterClick(order: Order, column: Column): Order {
  if (order.column === column) return { column, descending: !order.descending };
  return { column, descending: column !== 'position' };
}
