/** What is measured of the scores and weights, as trained, changed, and the difference. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import type { Answer } from '../../src/protocol/queries';
import type { RowMeasures } from '../../src/protocol/studies/whatIfHead';
import { signedFourDecimals } from '../drawing/difference';
import { NO_NUMBER } from '../parts/barCell';
import { card } from '../parts/card';
import { DataTable, type Row } from '../parts/dataTable';
import { element, setText } from '../parts/element';
import { formula } from '../learn/formula/formulas';
import { Stamps } from '../parts/stamps';

type Both = Pick<Answer<'whatIf'>, 'asTrained' | 'changed'>;

export class ChangedMeasures {
  readonly root: HTMLElement;
  private readonly table: DataTable;
  private readonly note = element('p', { class: 'hint' });
  private readonly stamps = new Stamps();

  constructor(private readonly t: Translate) {
    this.table = new DataTable(t('Measures of the head, as trained and changed'));
    this.table.root.classList.add('measures-table');
    const formulas = element(
      'details',
      { class: 'twin' },
      element('summary', {}, t('How they are measured')),
      formula('scoreVariance', t),
      formula('entropy', t),
      formula('softmaxGradient', t),
    );
    this.root = card(t('What is measured'), '', this.table.root, this.note, formulas);
  }

  update(answer: Answer<'whatIf'>, width: number): void {
    const { t } = this;
    setText(
      this.note,
      t(
        'Each first for the chosen query, then as a mean over the queries that see two keys or more. Scores are those the softmax reads, position bias included; their variance is the mean squared distance from the mean, over the visible keys. The size of the gradient is the root of the sum of all its squares. d_k = {width}.',
        { width },
      ),
    );
    this.table.update(this.stamps.of(answer), () => ({
      columns: [
        { name: t('Measure'), kind: 'header' },
        { name: t('As trained'), kind: 'number' },
        { name: t('Changed'), kind: 'number' },
        { name: t('Difference'), kind: 'number' },
      ],
      rows: this.rows(answer),
    }));
  }

  private rows(answer: Answer<'whatIf'>): Row[] {
    const { t } = this;
    const names: Record<keyof RowMeasures, string> = {
      variance: t('Variance of the scores'),
      largest: t('Largest weight'),
      entropy: t('Entropy in bits'),
      gradient: t('‖∂softmax/∂scores‖'),
    };
    const mean = (name: string): string => t('{measure}, mean', { measure: name });
    const rows = (Object.keys(names) as (keyof RowMeasures)[]).flatMap((measure) => [
      rowOf(names[measure], answer, ({ row }) => row[measure]),
      rowOf(mean(names[measure]), answer, (state) => state.mean?.[measure] ?? null, 'mean'),
    ]);
    const { asTrained, changed } = answer;
    if (asTrained.seen !== changed.seen)
      rows.push(rowOf(t('Keys it sees'), answer, ({ seen }) => seen));
    // Where order hides nothing, later keys are keys like others.
    if (asTrained.later?.mean === 0 && (changed.later?.mean ?? 0) > 0) {
      const name = t('Weight on later tokens');
      rows.push(rowOf(name, answer, ({ later }) => later?.row ?? null));
      rows.push(rowOf(mean(name), answer, ({ later }) => later?.mean ?? null, 'mean'));
    }
    return rows;
  }
}

function rowOf(
  name: string,
  { asTrained, changed }: Both,
  read: (state: Both['changed']) => number | null,
  kind = '',
): Row {
  const [before, after] = [read(asTrained), read(changed)];
  const told = (value: number | null): string =>
    value === null
      ? NO_NUMBER
      : Number.isInteger(value) && value > 1
        ? String(value)
        : fourDecimals(value);
  const difference =
    before === null || after === null ? NO_NUMBER : signedFourDecimals(after - before);
  return { cells: [name, told(before), told(after), difference], kind };
}
