/** The rows of the two chosen tokens as one table: pinned weight, weight now, difference. */
import type { Translate } from '../../src/language/translate';
import type { ColourScale } from '../../src/palette/weightScale';
import { element, setAttribute, setText } from '../parts/element';
import { BarCell } from '../parts/barCell';
import { DifferenceCell } from './differenceCell';
import {
  pairOrderAfter,
  sortedPairs,
  type PairColumn,
  type PairOrder,
  type RowPair,
} from './rowPairs';

/** Where the colours and bars of the table end. */
export interface RowScales {
  readonly weights: ColourScale;
  readonly top: number;
  readonly differences: ColourScale;
  readonly limit: number;
}

/** One line, filled again as the rows change. */
class PairRow {
  private readonly name = element('th', {
    class: 'token-name',
    attributes: { scope: 'row', dir: 'auto' },
  });
  private readonly pinned = new BarCell();
  private readonly current = new BarCell();
  private readonly difference = new DifferenceCell();
  readonly root = element(
    'tr',
    {},
    this.name,
    this.pinned.root,
    this.current.root,
    this.difference.root,
  );

  update(pair: RowPair, { weights, top, differences, limit }: RowScales): void {
    setText(this.name, pair.label);
    setAttribute(this.name, 'title', pair.label);
    showWeight(this.pinned, pair.pinned, top, weights);
    showWeight(this.current, pair.current, top, weights);
    this.difference.update(pair.difference, limit, differences);
  }
}

/** A weight, or a dash where the row has no such token. */
function showWeight(cell: BarCell, weight: number | null, top: number, scale: ColourScale): void {
  if (weight === null) cell.clear();
  else cell.update(weight, top, scale);
}

export class RowComparison {
  readonly root: HTMLElement;
  private readonly caption = element('caption', { class: 'row-caption' });
  private readonly body = element('tbody');
  private readonly rows: PairRow[] = [];
  private readonly headers: readonly (readonly [PairColumn, HTMLElement])[];
  private order: PairOrder = { column: 'position', descending: false };
  private shown: { readonly pairs: readonly RowPair[]; readonly scales: RowScales } | null = null;

  constructor(t: Translate) {
    const header = (column: PairColumn, words: string, title: string) =>
      [
        column,
        element(
          'th',
          { attributes: { scope: 'col' } },
          element(
            'button',
            {
              class: 'sort',
              attributes: { type: 'button', title },
              on: { click: () => this.sortBy(column) },
            },
            words,
          ),
        ),
      ] as const;
    this.headers = [
      header('position', t('Token'), t('In the order of the text')),
      header('pinned', t('Pinned'), t('Weight in the pinned view')),
      header('current', t('Now'), t('Weight in the view as it is now')),
      header('difference', t('Difference'), t('Weight now minus weight in the pinned view')),
    ];
    this.root = element(
      'table',
      { class: 'row-comparison' },
      this.caption,
      element('thead', {}, element('tr', {}, ...this.headers.map(([, cell]) => cell))),
      this.body,
    );
  }

  update(caption: string, pairs: readonly RowPair[], scales: RowScales): void {
    setText(this.caption, caption);
    this.shown = { pairs, scales };
    this.draw();
  }

  private sortBy(column: PairColumn): void {
    this.order = pairOrderAfter(this.order, column);
    this.draw();
  }

  private draw(): void {
    if (this.shown === null) return;
    const { pairs, scales } = this.shown;
    for (const [column, cell] of this.headers) {
      const sorted = column === this.order.column;
      const way = this.order.descending ? 'descending' : 'ascending';
      setAttribute(cell, 'aria-sort', sorted ? way : 'none');
    }
    while (this.rows.length < pairs.length) this.rows.push(new PairRow());
    for (const { root } of this.rows.splice(pairs.length)) root.remove();
    sortedPairs(pairs, this.order).forEach((pair, i) => {
      const row = this.rows[i];
      row?.update(pair, scales);
      if (row !== undefined && row.root.parentNode === null) this.body.append(row.root);
    });
  }
}
