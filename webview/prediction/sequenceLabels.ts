/** The labels of the whole text with their probabilities, or the value of a regression. */
import type { Translate } from '../../src/language/translate';
import { visibleText } from '../../src/navigation/labels';
import { fourDecimals } from '../../src/navigation/names';
import type { View } from '../inspector/view';
import { DataTable, type TableData } from '../parts/dataTable';
import { element, setText } from '../parts/element';
import { labelName } from './labelMarks';
import type { PredictionOf, TaskPart } from './predictionPanel';

type Labels = PredictionOf<'sequenceLabels'>;

export class SequenceLabels implements TaskPart<'sequenceLabels'> {
  readonly root: HTMLElement;
  private readonly result = element('h3', { class: 'small-title', attributes: { dir: 'auto' } });
  private readonly words = element('p', { class: 'hint' });
  private readonly table: DataTable;

  constructor(private readonly t: Translate) {
    this.table = new DataTable(t('Labels of the text'));
    this.root = element('section', { class: 'card' }, this.result, this.table.root, this.words);
  }

  update(prediction: Labels, { snapshot }: View): void {
    const names = (snapshot.plan?.model.labels ?? []).map(visibleText);
    const values = prediction.kind === 'regression' ? prediction.logits : prediction.probabilities;
    const order = values
      .map((_, label) => label)
      .toSorted((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
    setText(this.result, this.resultOf(prediction, names, order[0] ?? 0));
    setText(this.words, kindWords(prediction, this.t));
    this.table.update(snapshot.trace, () => this.rowsOf(prediction, names, order));
  }

  private resultOf({ kind, logits, probabilities }: Labels, names: readonly string[], top: number) {
    const label = labelName(names, top);
    if (kind === 'regression' && logits.length === 1)
      return this.t('Value: {value}', { value: fourDecimals(logits[0] ?? Number.NaN) });
    if (kind === 'regression') return this.t('Values of the text');
    const value = fourDecimals(probabilities[top] ?? Number.NaN);
    return this.t('Likeliest: {label}, {value}', { label, value });
  }

  private rowsOf(
    { kind, logits, probabilities }: Labels,
    names: readonly string[],
    order: readonly number[],
  ): TableData {
    const { t } = this;
    const number = (value: number | undefined): string => fourDecimals(value ?? Number.NaN);
    if (kind === 'regression')
      return {
        columns: [
          { name: t('Output'), kind: 'header' },
          { name: t('Value'), kind: 'number' },
        ],
        rows: logits.map((logit, i) => ({ cells: [labelName(names, i), number(logit)] })),
      };
    return {
      columns: [
        { name: t('Label'), kind: 'header' },
        { name: t('Probability'), kind: 'bar' },
        { name: t('Logit'), kind: 'number', title: t('Before softmax or sigmoid') },
      ],
      rows: order.map((label) => ({
        cells: [
          labelName(names, label),
          { text: number(probabilities[label]), share: probabilities[label] ?? 0 },
          number(logits[label]),
        ],
      })),
    };
  }
}

function kindWords({ kind, logits }: Labels, t: Translate): string {
  switch (kind) {
    case 'single':
      return t('One of {count} labels: softmax over the logits.', { count: logits.length });
    case 'multi':
      return t('Each of {count} labels by itself: sigmoid of its logit.', { count: logits.length });
    case 'regression':
      return t('A regression: the output itself is the answer, not a probability.');
  }
}
