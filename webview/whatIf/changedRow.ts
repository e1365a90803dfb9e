/** The chosen query's row: each weight as trained, changed, and the difference. */
import type { Translate } from '../../src/language/translate';
import { labelAt } from '../../src/navigation/labels';
import { fourDecimals, largestOf } from '../../src/navigation/names';
import { tokensOf } from '../../src/navigation/traceState';
import type { Answer } from '../../src/protocol/queries';
import { numbersOf } from '../../src/protocol/wireTensor';
import { DifferenceCell } from '../compare/differenceCell';
import { topOf } from '../drawing/scaleTop';
import type { View } from '../inspector/view';
import { BarCell, NO_NUMBER } from '../parts/barCell';
import { card } from '../parts/card';
import type { TableData } from '../parts/dataTable';
import { element, setText, show } from '../parts/element';
import { TwinTable } from '../parts/twinTable';
import { changedBadge } from './changedBadge';
import type { Place } from './place';

/** Rows on screen; a long text has its others in the table below. */
const SHOWN = 16;

class BothRow {
  private readonly position = element('td', { class: 'position' });
  private readonly name = element('th', {
    class: 'token-name',
    attributes: { scope: 'row', dir: 'auto' },
  });
  readonly asTrained = new BarCell();
  readonly changed = new BarCell();
  readonly difference = new DifferenceCell();
  readonly root = element(
    'tr',
    {},
    this.position,
    this.name,
    this.asTrained.root,
    this.changed.root,
    this.difference.root,
  );

  call(position: number, label: string): void {
    setText(this.position, String(position));
    setText(this.name, label);
    this.name.title = label;
  }
}

export class ChangedRow {
  readonly root: HTMLElement;
  private readonly title: HTMLElement;
  private readonly rows: BothRow[] = [];
  private readonly body = element('tbody');
  private readonly note = element('p', { class: 'hint' });
  private readonly twin: TwinTable;
  private drawn: readonly unknown[] = [];
  private version = 0;

  constructor(private readonly t: Translate) {
    const head = (words: string, badge: HTMLElement | null = null): HTMLElement =>
      element('th', { attributes: { scope: 'col' } }, badge === null ? words : null, badge);
    const table = element(
      'table',
      { class: 'row-comparison' },
      element('caption', { class: 'hidden-visually' }, t('Weights as trained and changed')),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          element('td'),
          head(t('Token')),
          head(t('As trained')),
          head(t('Changed'), changedBadge(t)),
          head(t('Difference')),
        ),
      ),
      this.body,
    );
    this.twin = new TwinTable(t('All weights and scores of the row'));
    this.root = card('', '', table, this.note, this.twin.root);
    this.title = this.root.querySelector('h3')!;
  }

  update(answer: Answer<'whatIf'>, view: View, place: Place): void {
    const { theme, reader, snapshot } = view;
    const now = [answer, theme, reader.colourScale, place.query];
    if (now.every((part, i) => part === this.drawn[i])) return;
    this.drawn = now;
    this.version++;
    const { t } = this;
    const [before, after] = [
      numbersOf(answer.asTrained.weights),
      numbersOf(answer.changed.weights),
    ];
    const tokens = tokensOf(snapshot, place.keySide);
    const asking = labelAt(tokensOf(snapshot, place.querySide), place.query);
    setText(this.title, t('The row of “{token}”', { token: asking }));
    const seen = seenKeys(answer);
    const shown = heaviest(seen, before, after);
    const top = topOf(reader.colourScale, Math.max(largestOf(before), largestOf(after)));
    const furthest = before.reduce((most, w, key) => Math.max(most, Math.abs(after[key]! - w)), 0);
    const limit = topOf(reader.colourScale, furthest);
    while (this.rows.length < shown.length) this.rows.push(new BothRow());
    this.body.replaceChildren(...this.rows.slice(0, shown.length).map(({ root }) => root));
    for (const [i, key] of shown.entries()) {
      const row = this.rows[i]!;
      row.call(key, labelAt(tokens, key));
      weigh(row.asTrained, before[key]!, answer.asTrained.scores, key, top, theme.looksAt);
      weigh(row.changed, after[key]!, answer.changed.scores, key, top, theme.looksAt);
      row.difference.update(after[key]! - before[key]!, limit, theme.signed);
    }
    const left = seen.length - shown.length;
    show(this.note, left > 0);
    setText(
      this.note,
      t('{count} tokens with smaller weights stand in the table.', { count: left }),
    );
    this.twin.update(String(this.version), () => this.table(answer, view, place));
  }

  private table(answer: Answer<'whatIf'>, view: View, place: Place): TableData {
    const { t } = this;
    const tokens = tokensOf(view.snapshot, place.keySide);
    const [asTrained, changed] = [answer.asTrained, answer.changed].map(({ scores, weights }) => ({
      scores: numbersOf(scores),
      weights: numbersOf(weights),
    }));
    const told = (value: number): string => (Number.isNaN(value) ? NO_NUMBER : fourDecimals(value));
    return {
      columns: [
        { name: t('Position'), kind: 'position' },
        { name: t('Key'), kind: 'header' },
        { name: t('Score as trained'), kind: 'number', title: t('As the softmax reads it') },
        { name: t('Score changed'), kind: 'number', title: t('As the softmax reads it') },
        { name: t('Weight as trained'), kind: 'number' },
        { name: t('Weight changed'), kind: 'number' },
      ],
      rows: [...asTrained!.weights].map((weight, key) => ({
        cells: [
          String(key),
          labelAt(tokens, key),
          told(asTrained!.scores[key]!),
          told(changed!.scores[key]!),
          fourDecimals(weight),
          fourDecimals(changed!.weights[key]!),
        ],
      })),
    };
  }
}

/** A weight, or a dash where a mask leaves none. */
function weigh(
  cell: BarCell,
  weight: number,
  scores: Answer<'whatIf'>['asTrained']['scores'],
  key: number,
  top: number,
  scale: View['theme']['looksAt'],
): void {
  if (Number.isNaN(numbersOf(scores)[key]!)) cell.clear();
  else cell.update(weight, top, scale);
}

/** Keys that the query sees, as trained or changed. */
function seenKeys({ asTrained, changed }: Answer<'whatIf'>): number[] {
  const [before, after] = [numbersOf(asTrained.scores), numbersOf(changed.scores)];
  return Array.from(before.keys()).filter(
    (key) => !Number.isNaN(before[key]) || !Number.isNaN(after[key]),
  );
}

/** Of these keys those with the largest weights of either, in the order of the text. */
function heaviest(keys: readonly number[], before: Float32Array, after: Float32Array): number[] {
  const weight = (key: number): number => Math.max(before[key]!, after[key]!);
  return [...keys]
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, SHOWN)
    .sort((a, b) => a - b);
}
