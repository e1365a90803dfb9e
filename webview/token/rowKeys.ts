/** Keyboard and pointer on the lines of the table: one of them is a tab stop, arrows move along. */
import { setAttribute } from '../parts/element';
import type { RowSlots } from './rowSlots';
import type { TableEntry } from './tableEntries';

/** Lines that Page Up and Page Down go: about what a side panel shows at once. */
const PAGE_LINES = 10;

export class RowKeys {
  private active = 0;

  constructor(
    private readonly rows: RowSlots,
    private readonly choose: (entry: TableEntry) => void,
  ) {
    rows.root.addEventListener('keydown', (event) => this.press(event));
    rows.root.addEventListener('click', ({ target }) => this.act(this.rows.indexOf(target)));
    rows.root.addEventListener('focusin', ({ target }) => this.reach(this.rows.indexOf(target)));
  }

  /** The tab stop goes back to the first line: what was there before is elsewhere now. */
  toTop(): void {
    this.reach(0);
  }

  /** After the number of lines changed. */
  clamp(hadFocus: boolean): void {
    this.reach(Math.min(this.active, this.rows.count - 1));
    // The line that had it is gone: a removed element would drop the reader out of the table.
    if (hadFocus && !this.rows.root.contains(document.activeElement))
      this.rows.rowAt(this.active)?.focus();
  }

  private press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const from = this.rows.indexOf(event.target);
    if (from < 0) return;
    if (event.key === 'Enter') this.act(from);
    else {
      const to = this.destination(event.key, from);
      if (to === null) return;
      this.rows.rowAt(Math.max(0, Math.min(to, this.rows.count - 1)))?.focus();
    }
    event.preventDefault();
  }

  private destination(key: string, from: number): number | null {
    switch (key) {
      case 'ArrowUp':
        return from - 1;
      case 'ArrowDown':
        return from + 1;
      case 'PageUp':
        return from - PAGE_LINES;
      case 'PageDown':
        return from + PAGE_LINES;
      case 'Home':
        return 0;
      case 'End':
        return this.rows.count - 1;
      default:
        return null;
    }
  }

  private act(index: number): void {
    const entry = this.rows.entryAt(index);
    if (entry !== null && !entry.chosen) this.choose(entry);
  }

  private reach(index: number): void {
    if (index < 0) return;
    const before = this.rows.rowAt(this.active);
    if (before !== null) setAttribute(before, 'tabindex', -1);
    this.active = index;
    const now = this.rows.rowAt(index);
    if (now !== null) setAttribute(now, 'tabindex', 0);
  }
}
