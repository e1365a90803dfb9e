/** How likely each token is to have been put there by somebody else (ELECTRA's discriminator). */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import { tokensOf } from '../../src/navigation/traceState';
import { chosenToken, entryOfToken } from '../inspector/tokenEntries';
import type { Commands, View } from '../inspector/view';
import { DataTable } from '../parts/dataTable';
import { element, setText } from '../parts/element';
import { labelsOf } from '../parts/labels';
import { REPLACED_FROM } from './chipTags';
import type { PredictionOf, TaskPart } from './predictionPanel';

export class ReplacedToken implements TaskPart<'replacedToken'> {
  readonly root: HTMLElement;
  private readonly words = element('p', { class: 'hint' });
  private readonly likeliest: HTMLInputElement;
  private readonly table: DataTable;
  private last: { prediction: PredictionOf<'replacedToken'>; view: View } | null = null;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    this.likeliest = element('input', {
      attributes: { type: 'checkbox' },
      on: {
        change: () => {
          if (this.last !== null) this.update(this.last.prediction, this.last.view);
        },
      },
    });
    this.table = new DataTable(t('Probability of each token to be a replacement'));
    this.table.root.classList.add('replaced-tokens');
    this.root = element(
      'section',
      { class: 'card' },
      element(
        'div',
        { class: 'prediction-head' },
        this.words,
        element('label', { class: 'check' }, this.likeliest, t('Likeliest first')),
      ),
      this.table.root,
    );
  }

  update(prediction: PredictionOf<'replacedToken'>, view: View): void {
    this.last = { prediction, view };
    const { t } = this;
    const { probabilities } = prediction;
    const { snapshot, navigation } = view;
    const sorted = this.likeliest.checked;
    const every = probabilities.map((_, index) => index);
    const listed = sorted ? every.toSorted((a, b) => probabilities[b]! - probabilities[a]!) : every;
    setText(
      this.words,
      t('{count} of {total} tokens are more likely replaced than not (sigmoid above 0.5).', {
        count: probabilities.filter((probability) => probability > REPLACED_FROM).length,
        total: probabilities.length,
      }),
    );
    this.table.update(`${snapshot.trace}/${sorted}/${navigation.unit}`, () => {
      const tokens = labelsOf(tokensOf(snapshot, 'source'));
      return {
        columns: [
          { name: t('Position'), kind: 'position' },
          { name: t('Token'), kind: 'header' },
          { name: t('Replaced'), kind: 'bar' },
        ],
        rows: listed.map((index) => {
          const probability = probabilities[index] ?? Number.NaN;
          return {
            cells: [
              String(index),
              tokens[index] ?? '',
              { text: fourDecimals(probability), share: probability },
            ],
            kind: probability > REPLACED_FROM ? 'replaced' : '',
            go: () => this.commands.choose(entryOfToken(view, { side: 'source', index }), true),
          };
        }),
      };
    });
    const chosen = chosenToken(view);
    this.table.mark(chosen?.side === 'source' ? listed.indexOf(chosen.index) : null);
  }
}
