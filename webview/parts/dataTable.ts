/**
 * A table of numbers as data describe it: the twin of a picture, or the view itself. Rows that can be
 * gone to carry a button in their header cell.
 */
import { element, setAttribute } from './element';
import { markElement, type Mark } from './mark';

/** A cell: words; a number with a bar (`share` of the full length, of the theme's blue unless told); words with a mark; or an element in their place. */
export type Cell =
  | string
  | { readonly text: string; readonly share: number; readonly colour?: string }
  | { readonly text: string; readonly mark: Mark }
  | { readonly text: string; readonly content: HTMLElement };

export interface Column {
  readonly name: string;
  /** `header` names its row, `number` is set flush right, `bar` has room for a bar. */
  readonly kind: 'position' | 'header' | 'text' | 'number' | 'bar';
  readonly title?: string;
  /** Colour of what the column stands for in a chart. */
  readonly colour?: string;
}

export interface Row {
  readonly cells: readonly Cell[];
  /** Further classes of the row. */
  readonly kind?: string;
  /** Goes to what the row is about. */
  readonly go?: () => void;
}

export interface TableData {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export function swatchOf(colour: string, kind = 'swatch'): HTMLElement {
  const swatch = element('span', { class: kind, attributes: { 'aria-hidden': 'true' } });
  swatch.style.setProperty('background-color', colour);
  return swatch;
}

export class DataTable {
  readonly root: HTMLTableElement;
  private readonly head = element('tr');
  private readonly body = element('tbody');
  private key: unknown = undefined;
  private current: HTMLElement | undefined;

  /** `caption` for screen readers; null where what is around the table names it. */
  constructor(caption: string | null) {
    this.root = element(
      'table',
      { class: 'data-table' },
      caption === null ? null : element('caption', { class: 'hidden-visually' }, caption),
      element('thead', {}, this.head),
      this.body,
    );
  }

  /** Shows what `make` gives, made anew only when `key` is another. */
  update(key: string, make: () => TableData): void {
    if (key === this.key) return;
    this.key = key;
    const { columns, rows } = make();
    this.head.replaceChildren(
      ...columns.map(({ name, kind, title, colour }) =>
        element(
          'th',
          { class: classOf(kind), attributes: { scope: 'col', title: title ?? null } },
          colour === undefined ? null : swatchOf(colour),
          name,
        ),
      ),
    );
    this.body.replaceChildren(...rows.map((row) => rowOf(row, columns)));
    this.current = undefined;
  }

  /** Marks the row of what is chosen; returns it if another was marked before. */
  mark(index: number | null): HTMLElement | null {
    const row = index === null ? undefined : this.body.rows[index];
    if (row === this.current) return null;
    if (this.current !== undefined) setAttribute(this.current, 'aria-current', null);
    if (row !== undefined) setAttribute(row, 'aria-current', 'true');
    this.current = row;
    return row ?? null;
  }
}

/** Other parts of the page have a header and a bar too. */
const classOf = (kind: Column['kind']): string => `column-${kind}`;

function rowOf({ cells, kind, go }: Row, columns: readonly Column[]): HTMLElement {
  return element(
    'tr',
    { class: kind ?? '' },
    ...cells.map((cell, i) => cellOf(cell, columns[i]?.kind ?? 'text', go)),
  );
}

function cellOf(cell: Cell, kind: Column['kind'], go: Row['go']): HTMLElement {
  const text = typeof cell === 'string' ? cell : cell.text;
  const content = typeof cell !== 'string' && 'content' in cell ? cell.content : text;
  if (kind === 'header') {
    const name =
      go === undefined
        ? content
        : element(
            'button',
            { class: 'go', attributes: { type: 'button', dir: 'auto' }, on: { click: go } },
            content,
          );
    return element(
      'th',
      { class: 'token-name', attributes: { scope: 'row', dir: 'auto', title: text } },
      name,
    );
  }
  if (typeof cell === 'string' || 'content' in cell)
    return element('td', { class: classOf(kind) }, content);
  if ('mark' in cell) return element('td', { class: classOf(kind) }, markElement(text, cell.mark));
  const bar = element('span', { class: 'cell-bar', attributes: { 'aria-hidden': 'true' } });
  bar.style.setProperty('width', `${100 * Math.max(0, Math.min(1, cell.share))}%`);
  if (cell.colour !== undefined) bar.style.setProperty('background-color', cell.colour);
  return element(
    'td',
    { class: classOf(kind) },
    element('span', { class: 'cell-number' }, text),
    element('span', { class: 'cell-track' }, bar),
  );
}
