/** The table twin of a picture: folded, and filled only while it is open. */
import { DataTable, type TableData } from './dataTable';
import { element } from './element';

export class TwinTable {
  readonly root: HTMLDetailsElement;
  private readonly table = new DataTable(null);
  private wanted: { key: string; make: () => TableData; marked: number | null } | null = null;

  constructor(summary: string) {
    this.root = element(
      'details',
      { class: 'twin', on: { toggle: () => this.fill() } },
      element('summary', {}, summary),
      // Long and wide tables scroll in their own room, which the keyboard must reach.
      element(
        'div',
        {
          class: 'twin-room',
          attributes: { role: 'region', tabindex: 0, 'aria-label': summary },
        },
        this.table.root,
      ),
    );
  }

  update(key: string, make: () => TableData, marked: number | null = null): void {
    this.wanted = { key, make, marked };
    this.fill();
  }

  private fill(): void {
    if (this.wanted === null || !this.root.open) return;
    this.table.update(this.wanted.key, this.wanted.make);
    this.table.mark(this.wanted.marked);
  }
}
