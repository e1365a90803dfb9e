/** The row of the chosen token as a table: the accessible twin of the editor's colours. */
import type { Translate } from '../../src/language/translate';
import type { TokenTable } from '../../src/protocol/tokenViewMessages';
import { topOf } from '../drawing/scaleTop';
import { element, setText } from '../parts/element';
import type { Theme } from '../parts/theme';
import { RowKeys } from './rowKeys';
import { RowSlots } from './rowSlots';
import { SortHeaders } from './sortHeaders';
import { entriesOf, inOrder, orderAfter, type TableEntry, type TableOrder } from './tableEntries';

export class WeightTable {
  readonly root: HTMLElement;
  private readonly caption = element('caption', { class: 'hidden-visually' });
  private readonly rows: RowSlots;
  private readonly keys: RowKeys;
  private readonly headers: SortHeaders;
  private readonly collator: Intl.Collator;
  private shown: { readonly table: TokenTable; readonly theme: Theme } | null = null;

  constructor(
    t: Translate,
    locale: string,
    private order: TableOrder,
    choose: (entry: TableEntry) => void,
    private readonly reordered: (order: TableOrder) => void,
  ) {
    this.rows = new RowSlots(t);
    this.collator = new Intl.Collator(locale);
    this.headers = new SortHeaders(t, (column) => this.sort(orderAfter(this.order, column)));
    this.headers.update(order);
    this.keys = new RowKeys(this.rows, choose);
    this.root = element(
      'table',
      // A grid: its lines can be reached and chosen. To a screen reader it is still a table.
      { class: 'weights', attributes: { role: 'grid' } },
      this.caption,
      this.headers.root,
      this.rows.root,
    );
  }

  update(table: TokenTable, theme: Theme, heading: string): void {
    setText(this.caption, heading);
    if (this.shown?.table === table && this.shown.theme === theme) return;
    this.shown = { table, theme };
    this.draw(table, theme);
  }

  private sort(order: TableOrder): void {
    this.order = order;
    this.headers.update(order);
    if (this.shown !== null) this.draw(this.shown.table, this.shown.theme);
    this.keys.toTop();
    window.scrollTo({ top: 0 });
    this.reordered(order);
  }

  private draw(table: TokenTable, theme: Theme): void {
    this.headers.nameAfter(table.address.unit);
    const entries = entriesOf(table);
    const largest = (column: 'weight' | 'norm'): number =>
      entries.reduce((most, entry) => Math.max(most, entry[column]), 0);
    const weight = topOf(table.colourScale, largest('weight'));
    const hadFocus = this.rows.root.contains(document.activeElement);
    this.rows.update(
      inOrder(entries, this.order, this.collator),
      { weight, norm: largest('norm') },
      theme[table.address.direction],
    );
    this.keys.clamp(hadFocus);
  }
}
