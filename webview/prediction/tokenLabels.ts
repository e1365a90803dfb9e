/** The likeliest label of each token, with its probability. */
import type { Translate } from '../../src/language/translate';
import { visibleText } from '../../src/navigation/labels';
import { fourDecimals } from '../../src/navigation/names';
import { tokensOf } from '../../src/navigation/traceState';
import { chosenToken, entryOfToken } from '../inspector/tokenEntries';
import type { Commands, View } from '../inspector/view';
import { DataTable, type Row } from '../parts/dataTable';
import { element, setText, show } from '../parts/element';
import { labelsOf } from '../parts/labels';
import { markElement } from '../parts/mark';
import { kindOf, kindsOf, labelName, markOf, markOfLabel } from './labelMarks';
import type { PredictionOf, TaskPart } from './predictionPanel';

export class TokenLabels implements TaskPart<'tokenLabels'> {
  readonly root: HTMLElement;
  private readonly words = element('p', { class: 'hint' });
  private readonly legend = element('ul', { class: 'mark-legend' });
  private readonly only: HTMLInputElement;
  private readonly filter: HTMLElement;
  private readonly table: DataTable;
  /** The tokens of the table's rows. */
  private listed: readonly number[] = [];
  private last: { prediction: PredictionOf<'tokenLabels'>; view: View } | null = null;
  private drawn = '';

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    this.only = element('input', {
      attributes: { type: 'checkbox' },
      on: {
        change: () => {
          if (this.last !== null) this.update(this.last.prediction, this.last.view);
        },
      },
    });
    this.filter = element('label', { class: 'check' }, this.only, t('Only tokens with a label'));
    this.table = new DataTable(t('Labels of the tokens'));
    this.legend.setAttribute('aria-label', t('Labels found in this text'));
    this.root = element(
      'section',
      { class: 'card' },
      element('div', { class: 'prediction-head' }, this.words, this.filter),
      this.legend,
      this.table.root,
    );
  }

  update(prediction: PredictionOf<'tokenLabels'>, view: View): void {
    this.last = { prediction, view };
    const { t } = this;
    const { snapshot, navigation } = view;
    const names = (snapshot.plan?.model.labels ?? []).map(visibleText);
    const labels = prediction.labels.map((label) => labelName(names, label));
    const inside = labels.flatMap((label, index) => (kindOf(label) === null ? [] : [index]));
    // Without a label for “nothing” there is nothing to leave out.
    show(this.filter, inside.length < labels.length);
    const only = this.only.checked && inside.length < labels.length;
    this.listed = only ? inside : labels.map((_, index) => index);
    const key = `${snapshot.trace}/${only}/${navigation.unit}`;
    if (this.drawn !== key) {
      this.drawn = key;
      setText(
        this.words,
        inside.length < labels.length
          ? t('{count} of {total} tokens have a label other than O.', {
              count: inside.length,
              total: labels.length,
            })
          : t('Each token has the likeliest of {count} labels.', { count: names.length }),
      );
      this.drawLegend(kindsOf(names), labels);
    }
    this.table.update(key, () => ({
      columns: [
        { name: t('Position'), kind: 'position' },
        { name: t('Token'), kind: 'header' },
        { name: t('Label'), kind: 'text' },
        { name: t('Probability'), kind: 'bar' },
      ],
      rows: this.rowsOf(prediction, view, labels, kindsOf(names)),
    }));
    const chosen = chosenToken(view);
    this.table.mark(chosen?.side === 'source' ? this.listed.indexOf(chosen.index) : null);
  }

  private drawLegend(kinds: readonly string[], labels: readonly string[]): void {
    const found = kinds.flatMap((kind, i) => {
      const count = labels.filter((label) => kindOf(label) === kind).length;
      const words = this.t('{label}: {count}', { label: kind, count });
      return count === 0 ? [] : [element('li', {}, markElement(words, markOf(i)))];
    });
    this.legend.replaceChildren(...found);
    show(this.legend, found.length > 0);
  }

  private rowsOf(
    { probabilities }: PredictionOf<'tokenLabels'>,
    view: View,
    labels: readonly string[],
    kinds: readonly string[],
  ): Row[] {
    const tokens = labelsOf(tokensOf(view.snapshot, 'source'));
    return this.listed.map((index) => {
      const text = labels[index] ?? '';
      const mark = markOfLabel(text, kinds);
      const probability = probabilities[index] ?? Number.NaN;
      return {
        cells: [
          String(index),
          tokens[index] ?? '',
          mark === null ? text : { text, mark },
          {
            text: fourDecimals(probability),
            share: probability,
            ...(mark === null ? {} : { colour: mark.colour }),
          },
        ],
        kind: mark === null ? 'outside' : '',
        go: () => this.commands.choose(entryOfToken(view, { side: 'source', index }), true),
      };
    });
  }
}
