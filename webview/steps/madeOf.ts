/** What one number is made of, opened in its place: the largest contributions, the rest, and the sum. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals, nineDigits } from '../../src/navigation/names';
import type { Answer, Question } from '../../src/protocol/queries';
import { Latest } from '../inspector/latest';
import type { Commands } from '../inspector/view';
import { DataTable, type Row, type TableData } from '../parts/dataTable';
import { element, setAttribute, setText, show } from '../parts/element';
import { StudyState } from '../parts/studyState';
import { factorNames, madeTitle, termName } from './madeOfWords';
import type { OpenNumber, Shown } from './shown';
import { signedBar } from './signedBar';

type Opened = Parameters<OpenNumber>[0] & {
  /** What had the focus, to which it returns. */
  readonly from: Element | null;
};

export class MadeOf {
  private readonly latest: Latest<'madeOf'>;
  private readonly state: StudyState;
  private readonly title = element('h4', { class: 'made-title' });
  private readonly table = new DataTable(null);
  private readonly note = element('p', { class: 'hint' });
  private readonly close: HTMLButtonElement;
  private readonly root: HTMLElement;
  private opened: Opened | null = null;
  private shown: Shown | null = null;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    this.latest = new Latest<'madeOf'>(
      (question, signal, progress) => commands.ask('madeOf', question, signal, progress),
      () => this.draw(),
    );
    this.state = new StudyState(t, this.latest);
    this.close = element(
      'button',
      {
        class: 'small made-close',
        attributes: { type: 'button' },
        on: { click: () => this.shut() },
      },
      t('Close'),
    );
    this.root = element(
      'div',
      {
        class: 'made-of',
        attributes: { role: 'group', tabindex: -1 },
        on: {
          keydown: (event) => {
            if (event.key === 'Escape') this.shut();
          },
        },
      },
      element('div', { class: 'made-head' }, this.title, this.close),
      this.state.root,
      this.table.root,
      this.note,
    );
  }

  /** Opens a number; the same once more closes it. */
  readonly open: OpenNumber = (made) => {
    const { opened } = this;
    const same =
      opened?.room === made.room &&
      opened.number === made.number &&
      opened.dimension === made.dimension;
    if (same) return this.shut();
    this.opened = { ...made, from: document.activeElement };
    made.room.replaceChildren(this.root);
    this.draw();
    this.root.focus({ preventScroll: true });
    this.root.scrollIntoView({ block: 'nearest' });
  };

  /** Another head, query or key: the same number of it. */
  update(shown: Shown): void {
    this.shown = shown;
    this.draw();
  }

  reset(): void {
    this.opened = null;
    this.root.remove();
    this.latest.reset();
  }

  private shut(): void {
    const from = this.opened?.from;
    this.reset();
    if (from instanceof HTMLElement) from.focus();
  }

  private draw(): void {
    const { opened, shown } = this;
    if (opened === null || shown === null) return;
    const { asked, steps } = shown;
    const { number, dimension } = opened;
    this.latest.want({ ...asked, key: steps.key, number, dimension });
    this.state.update();
    const { answer, answered } = this.latest.known;
    show(this.table.root, answer !== null);
    if (answer === null || answered === null) {
      this.name(madeTitle(opened, opened.name, shown, this.t));
      setText(this.note, '');
      return;
    }
    const title = madeTitle(answered, opened.name, shown, this.t);
    this.name(`${title} = ${nineDigits(answer.value)}`);
    this.table.update(JSON.stringify([shown.stamp, answered]), () =>
      this.rows(answer, answered, shown),
    );
    setText(this.note, this.notes(answer, answered));
  }

  /** The group has the focus while it is read: it is called what it shows. */
  private name(title: string): void {
    setText(this.title, title);
    setAttribute(this.root, 'aria-label', title);
  }

  private rows(made: Answer<'madeOf'>, asked: Question<'madeOf'>, shown: Shown): TableData {
    const { t } = this;
    const factors = factorNames(asked.number);
    const { rest, bias, sum } = made;
    const bars = [...made.terms.map(({ value }) => value), rest.sum, bias ?? 0, sum];
    const most = Math.max(...bars.map(Math.abs));
    const line = (name: string, value: number, kind = ''): Row => ({
      cells: [name, ...(factors === null ? [] : ['', '']), signedBar(value, most)],
      kind,
    });
    const terms = made.terms.map(({ index, left, right, value }) => ({
      cells: [
        termName(made.of, index, shown, t),
        ...(factors === null ? [] : [left, right].map((one) => numberOrNone(one))),
        signedBar(value, most),
      ],
      ...this.way(made.of, index),
    }));
    return {
      columns: [
        { name: t('What'), kind: 'header' },
        ...(factors ?? []).map((name) => ({ name, kind: 'number' as const })),
        { name: factors === null ? t('adds') : factors.join(' · '), kind: 'bar' },
      ],
      rows: [
        ...terms,
        ...(rest.count === 0
          ? []
          : [line(t('the other {count} together', { count: rest.count }), rest.sum)]),
        ...(bias === null ? [] : [line(t('bias b'), bias)]),
        line(t('sum'), sum, 'sum'),
      ],
    };
  }

  /** Heads and keys can be gone to. */
  private way(of: Answer<'madeOf'>['of'], index: number): Pick<Row, 'go'> {
    if (of === 'heads') return { go: () => this.commands.navigate({ head: index }) };
    return of === 'key' ? { go: () => this.commands.navigate({ key: index }) } : {};
  }

  private notes(made: Answer<'madeOf'>, { number }: Question<'madeOf'>): string {
    const { t } = this;
    if (made.normed)
      return t('Each head’s vector is normalised after the sum: that makes {sum} into {value}.', {
        sum: fourDecimals(made.sum),
        value: fourDecimals(made.value),
      });
    if (number.startsWith('turned'))
      return t('The two dimensions of a pair are turned by the angle of the token’s place.');
    return '';
  }
}

const numberOrNone = (value: number | null): string => (value === null ? '' : fourDecimals(value));
