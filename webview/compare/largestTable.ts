/** Where two matrices differ most, as a table: the difference map for those who read numbers. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import { largestDifferences, signedFourDecimals } from '../drawing/difference';
import { element } from '../parts/element';
import type { MapContent } from './comparedMaps';

/** Enough to see what changed; the map and the row have the rest. */
const SHOWN = 20;

export class LargestTable {
  readonly root: HTMLDetailsElement;
  private readonly body = element('tbody');
  private content: MapContent | null = null;

  constructor(t: Translate) {
    const head = (words: string): HTMLElement =>
      element('th', { attributes: { scope: 'col' } }, words);
    this.root = element(
      'details',
      { class: 'largest', on: { toggle: () => this.fill() } },
      element('summary', {}, t('The largest differences as a table')),
      element(
        'table',
        {},
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            ...[t('Query'), t('Key'), t('Pinned'), t('Now'), t('Difference')].map(head),
          ),
        ),
        this.body,
      ),
    );
  }

  update(content: MapContent): void {
    if (content === this.content) return;
    this.content = content;
    this.body.replaceChildren();
    this.fill();
  }

  /** Searched for only when it is opened: a matrix has up to a million cells. */
  private fill(): void {
    const { content } = this;
    if (content === null || !this.root.open || this.body.childElementCount > 0) return;
    const name = (label: string | undefined): HTMLElement =>
      element('td', { class: 'token-name', attributes: { dir: 'auto' } }, label ?? '');
    this.body.append(
      ...largestDifferences(content.matrices, SHOWN).map((cell) =>
        element(
          'tr',
          {},
          name(content.queries.labels[cell.row]),
          name(content.keys.labels[cell.column]),
          element('td', {}, fourDecimals(cell.pinned)),
          element('td', {}, fourDecimals(cell.current)),
          element('td', {}, signedFourDecimals(cell.difference)),
        ),
      ),
    );
  }
}
