/** Puts the view together, for one language. */
import type { WireFailure } from '../../src/failure/failure';
import { describeFailure, type Translate } from '../../src/language/translate';
import { approximateWords } from '../../src/navigation/approximate';
import type { TokenTable } from '../../src/protocol/tokenViewMessages';
import { element, setText, show } from '../parts/element';
import type { Theme } from '../parts/theme';
import { unseenWords } from '../parts/unseenWords';
import { CandidateTable } from './candidateTable';
import type { TableEntry, TableOrder } from './tableEntries';
import { TokenHeading } from './tokenHeading';
import { WeightTable } from './weightTable';

export class TokenPage {
  readonly root: HTMLElement;
  private readonly heading: TokenHeading;
  private readonly weights: WeightTable;
  private readonly candidates: CandidateTable;
  private readonly hidden = element('p', { class: 'hint' });
  private readonly approximate: HTMLElement;
  private readonly unseen = element('p', { class: 'hint' });
  private readonly content: HTMLElement;
  private readonly empty: HTMLElement;
  private readonly emptyTitle: HTMLElement;
  private readonly emptyText = element('p', { attributes: { role: 'status', dir: 'auto' } });

  constructor(
    private readonly t: Translate,
    locale: string,
    order: TableOrder,
    choose: (entry: TableEntry) => void,
    reordered: (order: TableOrder) => void,
  ) {
    this.heading = new TokenHeading(t);
    this.weights = new WeightTable(t, locale, order, choose, reordered);
    this.candidates = new CandidateTable(t);
    this.approximate = element('p', { class: 'hint' }, approximateWords(t));
    this.content = element(
      'main',
      { class: 'token-view' },
      this.heading.root,
      this.approximate,
      this.hidden,
      this.unseen,
      this.weights.root,
      this.candidates.root,
    );
    this.emptyTitle = element('h1', { class: 'empty-title' }, t('Nothing inspected yet'));
    this.empty = element('main', { class: 'token-empty' }, this.emptyTitle, this.emptyText);
    this.root = element('div', {}, this.content, this.empty, this.heading.status);
  }

  update(table: TokenTable | null, failure: WireFailure | null, theme: Theme): void {
    show(this.content, table !== null);
    show(this.empty, table === null);
    if (table === null) {
      this.heading.stop();
      show(this.emptyTitle, failure === null);
      setText(
        this.emptyText,
        failure === null
          ? this.t('Select a sentence in an editor and run “Headlight: Inspect Selection”.')
          : describeFailure(failure, this.t),
      );
      return;
    }
    setText(this.emptyText, '');
    const scale = theme[table.address.direction];
    this.heading.update(table);
    show(this.approximate, table.row.approximate);
    show(this.hidden, table.address.hideSpecials);
    setText(
      this.hidden,
      this.t(
        'Special tokens are hidden; weights are renormalised over the shown tokens. Hidden share: {share}.',
        { share: table.row.hidden.toFixed(2) },
      ),
    );
    const [length = 0] = table.row.weights.shape;
    const unseen = unseenWords(table.sight, table.address.direction, length, this.t);
    setText(this.unseen, unseen ?? '');
    show(this.unseen, unseen !== null);
    this.weights.update(table, theme, this.heading.text);
    this.candidates.update(table, scale);
  }
}
