/**
 * Lines of the table as places on screen: line 5 stays line 5 while what stands in it changes. No
 * element moves when the query does, so that scroll position and focus stay where they are. Lines
 * in sight are written at once, the others when the page has nothing else to do: of 512 tokens a
 * side panel shows thirty, and a cursor that runs through a text would rewrite all of them for nobody.
 */
import type { Translate } from '../../src/language/translate';
import type { ColourScale } from '../../src/palette/weightScale';
import { element } from '../parts/element';
import { RowSlot, type Largest } from './rowSlot';
import type { TableEntry } from './tableEntries';

/** Lines above and below the window that are written at once, for a small scroll. */
const MARGIN = 5;
/** Time that one line may take, left of an idle period. */
const LINE_MS = 1;

interface Content {
  readonly entries: readonly TableEntry[];
  readonly most: Largest;
  readonly scale: ColourScale;
}

export class RowSlots {
  readonly root = element('tbody');
  private readonly slots: RowSlot[] = [];
  private used = 0;
  private content: Content | null = null;
  /** Lines that do not show the content yet. */
  private readonly stale = new Set<number>();
  private idle: number | null = null;

  constructor(private readonly t: Translate) {
    window.addEventListener('scroll', () => this.writeVisible(), { passive: true });
    window.addEventListener('resize', () => this.writeVisible());
  }

  get count(): number {
    return this.used;
  }

  /** Shows these entries in this order. */
  update(entries: readonly TableEntry[], most: Largest, scale: ColourScale): void {
    this.content = { entries, most, scale };
    this.resize(entries.length);
    this.stale.clear();
    for (let i = 0; i < entries.length; i++) this.stale.add(i);
    this.writeVisible();
    this.writeLater();
  }

  rowAt(index: number): HTMLTableRowElement | null {
    return this.slots[index]?.root ?? null;
  }

  entryAt(index: number): TableEntry | null {
    return this.content?.entries[index] ?? null;
  }

  /** Line of an element inside the table, or −1. */
  indexOf(target: EventTarget | null): number {
    const row = target instanceof Element ? target.closest('tr') : null;
    return row === null ? -1 : this.slots.findIndex(({ root }) => root === row);
  }

  private resize(count: number): void {
    for (let i = this.used; i < count; i++)
      this.root.append((this.slots[i] ??= new RowSlot(this.t)).root);
    for (let i = count; i < this.used; i++) this.slots[i]?.root.remove();
    this.used = count;
  }

  private writeVisible(): void {
    if (this.stale.size === 0) return;
    // All lines are equally high; the page has its layout still, unless lines came or went.
    const { top, height } = this.root.getBoundingClientRect();
    const line = height / this.used;
    if (!(line > 0)) return;
    const first = Math.max(0, Math.floor(-top / line) - MARGIN);
    const end = Math.min(this.used, Math.ceil((window.innerHeight - top) / line) + MARGIN);
    for (let i = first; i < end; i++) this.write(i);
  }

  private writeLater(): void {
    if (this.stale.size === 0) return;
    this.idle ??= requestIdleCallback((deadline) => {
      this.idle = null;
      for (const i of this.stale) {
        if (deadline.timeRemaining() < LINE_MS) break;
        this.write(i);
      }
      this.writeLater();
    });
  }

  private write(index: number): void {
    if (this.content === null || !this.stale.delete(index)) return;
    const { entries, most, scale } = this.content;
    const entry = entries[index];
    if (entry !== undefined) this.slots[index]?.update(entry, most, scale);
  }
}
