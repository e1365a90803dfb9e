/** The table's first line: what the columns are, and buttons that sort by them. */
import type { Translate } from '../../src/language/translate';
import type { Unit } from '../../src/protocol/address';
import { element, setAttribute, setText } from '../parts/element';
import type { TableColumn, TableOrder } from './tableEntries';

interface Header {
  readonly column: TableColumn;
  /** Short: the side panel is narrow. */
  readonly words: string;
  readonly label: string;
  readonly title: string;
}

function headersIn(t: Translate): readonly Header[] {
  return [
    {
      column: 'position',
      words: '#',
      label: t('Position'),
      title: t('Place of the token, counted from 0'),
    },
    { column: 'token', words: t('Token'), label: t('Token'), title: t('Sort by the alphabet') },
    {
      column: 'weight',
      words: t('Weight'),
      label: t('Weight'),
      title: t('Attention weight α after softmax'),
    },
    {
      column: 'norm',
      words: '‖α·v·W_O‖',
      label: t('Moved ‖α·v·W_O‖'),
      title: t(
        'Length of what the head really adds from that token: weight × value vector × output projection. A large weight on a short vector moves little. Never renormalised.',
      ),
    },
  ];
}

export class SortHeaders {
  readonly root: HTMLElement;
  private readonly cells: readonly (readonly [TableColumn, HTMLElement])[];

  constructor(
    private readonly t: Translate,
    sortBy: (column: TableColumn) => void,
  ) {
    this.cells = headersIn(t).map(({ column, words, label, title }) => [
      column,
      element(
        'th',
        { class: `column-${column}`, attributes: { scope: 'col' } },
        element(
          'button',
          {
            class: 'sort',
            attributes: { type: 'button', title, 'aria-label': words === label ? null : label },
            on: { click: () => sortBy(column) },
          },
          words,
        ),
      ),
    ]);
    this.root = element('thead', {}, element('tr', {}, ...this.cells.map(([, cell]) => cell)));
  }

  /** Says whether the lines are tokens or words. */
  nameAfter(unit: Unit): void {
    const [, cell] = this.cells.find(([column]) => column === 'token') ?? [];
    const button = cell?.querySelector('button');
    if (button) setText(button, unit === 'word' ? this.t('Word') : this.t('Token'));
  }

  update({ column, descending }: TableOrder): void {
    for (const [own, cell] of this.cells)
      setAttribute(
        cell,
        'aria-sort',
        own === column ? (descending ? 'descending' : 'ascending') : 'none',
      );
  }
}
