/** A table whose rows are put in order by a column: its header is a button. */
import { element, setAttribute } from './element';
import { hasFocusWithin } from './focusWithin';

export interface SortableColumn {
  readonly name: string;
  readonly title?: string;
  readonly kind: 'header' | 'text' | 'number' | 'bar';
  /** What a first click puts on top. */
  readonly first: 'largest' | 'smallest';
}

export interface SortableRow {
  /** What each column sorts by. */
  readonly values: readonly number[];
  /** One a column. */
  readonly cells: readonly HTMLElement[];
  /** It is what the reader chose. */
  readonly chosen?: boolean;
}

export interface SortableContent {
  readonly columns: readonly SortableColumn[];
  readonly rows: readonly SortableRow[];
  /** Rows that stay below: sums. */
  readonly foot?: readonly (readonly HTMLElement[])[];
}

export class SortableTable {
  readonly root: HTMLTableElement;
  private readonly head = element('tr');
  private readonly body = element('tbody');
  private readonly foot = element('tfoot');
  private content: SortableContent | null = null;
  private key = '';

  /** `column` is what rows are ordered by at first. */
  constructor(
    caption: string,
    private column: number,
    private descending: boolean,
  ) {
    this.root = element(
      'table',
      { class: 'data-table sortable' },
      element('caption', { class: 'hidden-visually' }, caption),
      element('thead', {}, this.head),
      this.body,
      this.foot,
    );
  }

  /** Shows what `make` gives, made anew only when `key` is another. */
  update(key: string, make: () => SortableContent): void {
    if (key === this.key) return;
    this.key = key;
    this.content = make();
    const { columns, foot = [] } = this.content;
    this.column = Math.min(this.column, columns.length - 1);
    this.nameColumns(columns);
    this.foot.replaceChildren(...foot.map((cells) => element('tr', {}, ...cells)));
    this.order();
  }

  private nameColumns(columns: readonly SortableColumn[]): void {
    const focused = [...this.head.children].findIndex((cell) =>
      cell.contains(document.activeElement),
    );
    this.head.replaceChildren(
      ...columns.map(({ name, title, kind }, i) =>
        element(
          'th',
          { class: `column-${kind}`, attributes: { scope: 'col' } },
          element(
            'button',
            {
              class: 'sort',
              attributes: { type: 'button', title: title ?? null },
              on: { click: () => this.sortBy(i) },
            },
            name,
          ),
        ),
      ),
    );
    if (document.hasFocus()) this.head.children[focused]?.querySelector('button')?.focus();
  }

  private sortBy(column: number): void {
    const first = this.content?.columns[column]?.first === 'largest';
    this.descending = column === this.column ? !this.descending : first;
    this.column = column;
    this.order();
  }

  /** Of the row whose button has the focus; null: it is elsewhere. */
  private focusedName(): string | null {
    const { activeElement } = document;
    return hasFocusWithin(this.body) ? (activeElement?.textContent ?? null) : null;
  }

  private order(): void {
    const { rows = [] } = this.content ?? {};
    const sign = this.descending ? -1 : 1;
    const value = ({ values }: SortableRow): number => values[this.column] ?? 0;
    const sorted = rows.toSorted((a, b) => sign * (value(a) - value(b)));
    const focused = this.focusedName();
    this.body.replaceChildren(
      ...sorted.map(({ cells, chosen }) =>
        element('tr', { attributes: { 'aria-current': chosen === true && 'true' } }, ...cells),
      ),
    );
    // Rows made anew would leave the keyboard at the top of the page.
    const name = [...this.body.querySelectorAll('button')].find(
      ({ textContent }) => textContent === focused,
    );
    name?.focus();
    for (const [i, cell] of [...this.head.children].entries())
      setAttribute(
        cell,
        'aria-sort',
        i === this.column ? (this.descending ? 'descending' : 'ascending') : 'none',
      );
  }
}
