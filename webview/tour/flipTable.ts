/** Every head with its weights on the two nouns in both sentences, to be sorted and gone to. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals, shortName } from '../../src/navigation/names';
import type { Flip } from '../../src/protocol/studies/tour';
import { NO_NUMBER } from '../parts/barCell';
import { element, setText, show } from '../parts/element';
import { askerName, askerTitle, type ShownPair } from './tourWords';
import { hasFocusWithin } from '../parts/focusWithin';

/** Rows shown before all are asked for: those that turn, and a few that do not. */
const FIRST_ROWS = 12;

interface Column {
  readonly name: string;
  readonly title: string;
  readonly kind: 'text' | 'number';
  readonly value: (flip: Flip) => number | string;
}

export class FlipTable {
  readonly root: HTMLElement;
  private readonly head = element('thead');
  private readonly body = element('tbody');
  private readonly more: HTMLButtonElement;
  private flips: readonly Flip[] = [];
  private shown: ShownPair | null = null;
  private order = { column: SCORE, descending: true };
  private all = false;
  private current: Flip | null = null;

  constructor(
    private readonly t: Translate,
    private readonly go: (flip: Flip) => void,
  ) {
    this.more = element('button', {
      class: 'link',
      attributes: { type: 'button' },
      on: {
        click: () => {
          this.all = !this.all;
          this.fill();
        },
      },
    });
    const caption = t('Weights on the two nouns, head by head');
    this.root = element(
      'div',
      {},
      element(
        'div',
        {
          class: 'tour-room',
          attributes: { role: 'region', tabindex: 0, 'aria-label': caption },
        },
        element('table', { class: 'data-table tour-table' }, this.head, this.body),
      ),
      this.more,
    );
  }

  update(flips: readonly Flip[], shown: ShownPair, current: Flip | null): void {
    const isNew = flips !== this.flips;
    if (!isNew && current === this.current) return;
    this.current = current;
    this.flips = flips;
    this.shown = shown;
    if (isNew) {
      this.order = { column: SCORE, descending: true };
      this.all = false;
    }
    this.fill();
  }

  private columns(): readonly Column[] {
    const { t } = this;
    const { pair, words } = this.shown!;
    const weight = (sentence: 0 | 1, noun: 0 | 1): Column => ({
      name: pair.nouns[noun],
      title: t('Weight on “{noun}” in “… {word}”', {
        noun: pair.nouns[noun],
        word: words[sentence],
      }),
      kind: 'number',
      value: ({ weights }) => weights[sentence][noun],
    });
    return [
      {
        name: t('Head'),
        title: t('Stack, layer and head, counted from 0'),
        kind: 'text',
        value: (flip) => shortName(flip, t),
      },
      {
        name: t('From'),
        title: t('Which token looks at the nouns'),
        kind: 'text',
        value: ({ asker }) => askerName(asker, pair, t),
      },
      weight(0, 0),
      weight(0, 1),
      weight(1, 0),
      weight(1, 1),
      {
        name: t('Margin'),
        title: t(
          'The smaller of two leads: of the first noun in the first sentence, of the second noun in the second. Above 0 the head turns.',
        ),
        kind: 'number',
        value: ({ score }) => score,
      },
      {
        name: t('Control'),
        title: t('The margin between two sentences that mean the same noun: nothing should turn.'),
        kind: 'number',
        value: ({ control }) => control ?? Number.NaN,
      },
    ];
  }

  private fill(): void {
    if (this.shown === null) return;
    const focused = this.focusedColumn();
    const columns = this.columns();
    this.head.replaceChildren(this.groups(), element('tr', {}, ...this.headers(columns)));
    const sorted = this.sorted(columns);
    const rows = this.all ? sorted : sorted.slice(0, FIRST_ROWS);
    this.body.replaceChildren(...rows.map((flip) => this.rowOf(flip, columns)));
    show(this.more, sorted.length > FIRST_ROWS);
    setText(
      this.more,
      this.all
        ? this.t('Show the first {count}', { count: FIRST_ROWS })
        : this.t('Show all {count} rows', { count: sorted.length }),
    );
    if (focused !== null) this.head.querySelectorAll('button')[focused]?.focus();
  }

  private focusedColumn(): number | null {
    if (!hasFocusWithin(this.head)) return null;
    const at = [...this.head.querySelectorAll('button')].findIndex(
      (button) => button === document.activeElement,
    );
    return at < 0 ? null : at;
  }

  /** Which columns belong to which sentence. */
  private groups(): HTMLElement {
    const { words } = this.shown!;
    const over = (word: string): HTMLElement =>
      element(
        'th',
        { class: 'tour-over', attributes: { scope: 'colgroup', colspan: 2 } },
        `… ${word}`,
      );
    const empty = (): HTMLElement => element('td', { attributes: { colspan: 2 } });
    return element('tr', {}, empty(), over(words[0]), over(words[1]), empty());
  }

  private headers(columns: readonly Column[]): HTMLElement[] {
    return columns.map(({ name, title, kind }, index) => {
      const { column, descending } = this.order;
      const sorted = column === index ? (descending ? 'descending' : 'ascending') : 'none';
      return element(
        'th',
        { class: `column-${kind}`, attributes: { scope: 'col', 'aria-sort': sorted } },
        element(
          'button',
          {
            class: 'tour-sort',
            attributes: { type: 'button', title },
            on: { click: () => this.sortBy(index, kind) },
          },
          name,
        ),
      );
    });
  }

  private sortBy(column: number, kind: Column['kind']): void {
    const again = this.order.column === column;
    this.order = { column, descending: again ? !this.order.descending : kind === 'number' };
    this.fill();
  }

  private sorted(columns: readonly Column[]): Flip[] {
    const { value } = columns[this.order.column]!;
    const sign = this.order.descending ? -1 : 1;
    return this.flips.toSorted((a, b) => {
      const [one, other] = [value(a), value(b)];
      return typeof one === 'string' || typeof other === 'string'
        ? sign * String(one).localeCompare(String(other), undefined, { numeric: true })
        : sign * (one - other);
    });
  }

  private rowOf(flip: Flip, columns: readonly Column[]): HTMLElement {
    const { pair } = this.shown!;
    const [name, from, ...numbers] = columns;
    const [[a, b], [c, d]] = flip.weights;
    const leads = [a > b, b > a, c > d, d > c];
    return element(
      'tr',
      { attributes: { 'aria-current': flip === this.current ? 'true' : null } },
      element(
        'th',
        { class: 'token-name', attributes: { scope: 'row' } },
        element(
          'button',
          {
            class: 'go',
            attributes: { type: 'button', title: this.t('Show this head on the sentence') },
            on: { click: () => this.go(flip) },
          },
          String(name!.value(flip)),
        ),
      ),
      element(
        'td',
        { class: 'column-text', attributes: { title: askerTitle(flip.asker, pair, this.t) } },
        String(from!.value(flip)),
      ),
      ...numbers.map(({ value }, index) =>
        element(
          'td',
          { class: `column-number ${leads[index] ? 'tour-lead' : ''}`.trim() },
          numberWords(Number(value(flip))),
        ),
      ),
    );
  }
}

/** Number of the column of margins. */
const SCORE = 6;

/** A margin too small for four decimals is 0, not −0. */
const numberWords = (value: number): string =>
  Number.isNaN(value) ? NO_NUMBER : fourDecimals(value).replace(/^-(0\.0000)$/, '$1');
