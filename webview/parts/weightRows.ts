/**
 * Body of the weights' table. Rows are kept by position and changed in place: while output is
 * written a token more is one row more, not the whole table anew.
 */
import type { ColourScale } from '../../src/palette/weightScale';
import type { ColourScaleChoice } from '../../src/protocol/readerState';
import { topOf } from '../drawing/scaleTop';
import type { Entry } from '../drawing/sorting';
import { BarCell } from './barCell';
import { element } from './element';

export interface TokenEntry extends Entry {
  readonly label: string;
  readonly special: boolean;
}

/** Leads from a weight to how it came about. */
export interface Explanation {
  readonly title: string;
  go(position: number): void;
}

class WeightRow {
  private readonly weight = new BarCell();
  private readonly norm = new BarCell();
  readonly root: HTMLElement;

  constructor({ position, label, special }: TokenEntry, { title, go }: Explanation) {
    this.root = element(
      'tr',
      { class: special ? 'special' : '' },
      element('td', { class: 'position' }, String(position)),
      element(
        'th',
        { class: 'token-name', attributes: { scope: 'row', dir: 'auto', title: label } },
        element(
          'button',
          {
            class: 'go',
            attributes: { type: 'button', dir: 'auto', title },
            on: { click: () => go(position) },
          },
          label,
        ),
      ),
      this.weight.root,
      this.norm.root,
    );
  }

  update(entry: TokenEntry, most: { weight: number; norm: number }, scale: ColourScale): void {
    this.weight.update(entry.weight, most.weight, scale);
    this.norm.update(entry.norm, most.norm, scale);
  }
}

export class WeightRows {
  readonly root = element('tbody');
  private rows = new Map<string, WeightRow>();

  constructor(private readonly explanation: Explanation) {}

  /** Shows these entries in this order. Norms have no natural end: their bars are always relative. */
  update(entries: readonly TokenEntry[], scale: ColourScale, choice: ColourScaleChoice): void {
    const largest = (column: 'weight' | 'norm'): number =>
      entries.reduce((most, entry) => Math.max(most, entry[column]), 0);
    const most = { weight: topOf(choice, largest('weight')), norm: largest('norm') };
    const kept = new Map<string, WeightRow>();
    for (const entry of entries) {
      const key = `${entry.position} ${entry.label}`;
      const row = this.rows.get(key) ?? new WeightRow(entry, this.explanation);
      this.rows.delete(key);
      kept.set(key, row);
      row.update(entry, most, scale);
    }
    for (const gone of this.rows.values()) gone.root.remove();
    this.rows = kept;
    let place = this.root.firstChild;
    for (const { root } of kept.values())
      if (root === place) place = place.nextSibling;
      else this.root.insertBefore(root, place);
  }
}
