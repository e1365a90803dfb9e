/** The table twin of a picture: folded, and filled only while it is open. */
import { DataTable, type TableData } from './dataTable';
import { element } from './element';

export class TwinTable {
  readonly root: HTMLDetailsElement;
  private readonly room: HTMLElement;
  private readonly table = new DataTable(null);
  private wanted: { key: string; make: () => TableData; marked: number | null } | null = null;

  constructor(summary: string) {
    // Long and wide tables scroll in their own room, which the keyboard must reach.
    this.room = element(
      'div',
      {
        class: 'twin-room',
        attributes: { role: 'region', tabindex: 0, 'aria-label': summary },
      },
      this.table.root,
    );
    this.root = element(
      'details',
      { class: 'twin', on: { toggle: () => this.fill() } },
      element('summary', {}, summary),
      this.room,
    );
  }

  update(key: string, make: () => TableData, marked: number | null = null): void {
    this.wanted = { key, make, marked };
    this.fill();
  }

  private fill(): void {
    if (this.wanted === null || !this.root.open) return;
    this.table.update(this.wanted.key, this.wanted.make);
    const row = this.table.mark(this.wanted.marked);
    if (row !== null) this.follow(row);
  }

  /** Scrolls a row that was chosen elsewhere into sight, and nothing but this room. */
  private follow(row: HTMLElement): void {
    const { scrollTop, clientHeight } = this.room;
    const above = row.offsetTop - row.offsetHeight < scrollTop;
    if (above || row.offsetTop + row.offsetHeight > scrollTop + clientHeight)
      this.room.scrollTop = row.offsetTop - clientHeight / 2;
  }
}
