/** ‖E‖ with and without its factor beside ‖PE‖, token by token. */
import type { Translate } from '../../src/language/translate';
import { labelAt } from '../../src/navigation/labels';
import { fourDecimals, largestOf } from '../../src/navigation/names';
import { tokensOf } from '../../src/navigation/traceState';
import type { Answer, Question } from '../../src/protocol/queries';
import { numbersOf } from '../../src/protocol/wireTensor';
import type { View } from '../inspector/view';
import { card } from '../parts/card';
import type { Cell } from '../parts/dataTable';
import { element, setText } from '../parts/element';
import { Stamps } from '../parts/stamps';
import { TwinTable } from '../parts/twinTable';

const mean = (values: Float32Array): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

export class EmbeddingLengths {
  readonly root: HTMLElement;
  private readonly said = element('p');
  private readonly table: TwinTable;
  private readonly stamps = new Stamps();
  private shown: Answer<'whatIfEmbedding'> | null = null;

  constructor(private readonly t: Translate) {
    this.table = new TwinTable(t('Lengths token by token'));
    this.table.root.open = true;
    this.root = card(t('Lengths of embeddings and positions'), '', this.said, this.table.root);
  }

  update(
    answer: Answer<'whatIfEmbedding'>,
    { side }: Question<'whatIfEmbedding'>,
    view: View,
  ): void {
    if (answer === this.shown) return;
    this.shown = answer;
    const { t } = this;
    const scaled = numbersOf(answer.scaled);
    const unscaled = numbersOf(answer.unscaled);
    const positions = answer.positions === null ? null : numbersOf(answer.positions);
    const means = {
      scale: fourDecimals(answer.scale),
      scaled: fourDecimals(mean(scaled)),
      unscaled: fourDecimals(mean(unscaled)),
    };
    setText(
      this.said,
      positions === null
        ? t(
            'As a mean ‖E‖ is {scaled} with the factor {scale} and {unscaled} without. No position vector is added here.',
            means,
          )
        : t(
            'As a mean ‖E‖ is {scaled} with the factor {scale} and {unscaled} without; the position vector that is added to it has ‖PE‖ {positions}.',
            { ...means, positions: fourDecimals(mean(positions)) },
          ),
    );
    const top = Math.max(largestOf(scaled), largestOf(positions));
    const cell = (value: number): Cell => ({ text: fourDecimals(value), share: value / top });
    const tokens = tokensOf(view.snapshot, side);
    this.table.update(this.stamps.of(answer), () => ({
      columns: [
        { name: t('Token'), kind: 'header' },
        { name: t('‖E‖ as trained'), kind: 'bar' },
        { name: t('‖E‖ changed'), kind: 'bar' },
        ...(positions === null ? [] : [{ name: t('‖PE‖'), kind: 'bar' as const }]),
      ],
      rows: [...scaled].map((length, index) => ({
        cells: [
          labelAt(tokens, index),
          cell(length),
          cell(unscaled[index]!),
          ...(positions === null ? [] : [cell(positions[index]!)]),
        ],
      })),
    }));
  }
}
