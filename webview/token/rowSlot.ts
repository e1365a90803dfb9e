/** One line of the table: a place on screen in which now this token stands and now that. */
import type { Translate } from '../../src/language/translate';
import { marked } from '../../src/navigation/approximate';
import { visiblePiece } from '../../src/navigation/labels';
import { nineDigits } from '../../src/navigation/names';
import type { ColourScale } from '../../src/palette/weightScale';
import { element, setAttribute } from '../parts/element';
import { BarCell } from '../parts/barCell';
import type { TableEntry } from './tableEntries';

/** What the longest bar of each column stands for. */
export interface Largest {
  readonly weight: number;
  readonly norm: number;
}

export class RowSlot {
  private readonly position = element('span', { class: 'cell-text' });
  private readonly name = element('span', { class: 'cell-text' });
  private readonly weight = new BarCell();
  private readonly norm = new BarCell();
  private shown: TableEntry | null = null;
  readonly root = element(
    'tr',
    { attributes: { tabindex: -1 } },
    element('td', { class: 'position' }, this.position),
    element('th', { class: 'token-name', attributes: { scope: 'row', dir: 'auto' } }, this.name),
    this.weight.root,
    this.norm.root,
  );

  constructor(private readonly t: Translate) {}

  /** Writes only what is different: that is what a move of the cursor costs. */
  update(entry: TableEntry, most: Largest, scale: ColourScale): void {
    const before = this.shown;
    this.shown = entry;
    const { position, token, label, weight, norm, approximate } = entry;
    if (before?.position !== position || before.label !== label || before.token.id !== token.id) {
      this.position.textContent = String(position);
      this.name.textContent = label;
      this.name.title = this.t('{piece}, id {id}, at position {index}', {
        piece: visiblePiece(token),
        id: token.id,
        index: position,
      });
      this.root.classList.toggle('special', token.special);
    }
    if (before?.chosen !== entry.chosen)
      setAttribute(this.root, 'aria-current', entry.chosen ? 'true' : null);
    const remarked = before?.approximate !== approximate;
    if (remarked) this.root.classList.toggle('approximate', approximate);
    if (remarked || before.weight !== weight)
      this.weight.root.title = marked(nineDigits(weight), approximate);
    if (remarked || before.norm !== norm)
      this.norm.root.title = marked(nineDigits(norm), approximate);
    this.weight.update(weight, most.weight, scale);
    this.norm.update(norm, most.norm, scale);
  }
}
