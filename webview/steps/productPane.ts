/** q · k of the chosen key, dimension by dimension, and what of it is content and what position. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import { numbersOf } from '../../src/protocol/wireTensor';
import { element } from '../parts/element';
import { ScorePartsTable } from './scoreParts';
import { StepPane } from './stepPane';
import { isSeen, type OpenNumber, type Shown } from './shown';
import { StripGroup, limitOfStrip, type Strip } from './stripGroup';

export class ProductPane {
  readonly root: HTMLElement;
  private readonly pane: StepPane;
  private readonly strips: StripGroup;
  private readonly parts: ScorePartsTable;
  private last: Shown | null = null;

  constructor(
    private readonly t: Translate,
    open: OpenNumber,
  ) {
    this.strips = new StripGroup(t, t('q · k by dimension, as a table'), open);
    this.parts = new ScorePartsTable(t);
    const whole = element(
      'button',
      {
        class: 'link',
        attributes: { type: 'button' },
        on: {
          click: () => {
            if (this.last === null) return;
            open({ number: 'product', dimension: 0, name: 'q · k', room: this.strips.room });
          },
        },
      },
      t('Which dimensions make this q · k?'),
    );
    this.pane = new StepPane(t, 3, whole, this.strips.root, this.parts.root);
    this.root = this.pane.root;
  }

  update(shown: Shown): void {
    const { t } = this;
    const { steps, query, key, view } = shown;
    this.last = shown;
    const product = fourDecimals(numbersOf(steps.raw)[steps.key] ?? 0);
    this.pane.update({
      title: t('q · k: how well the key fits the query'),
      formulas: ['dotProduct'],
      words: isSeen(shown, steps.key)
        ? t(
            'q and k are multiplied dimension by dimension and added up: q · k = {product} for “{query}” and “{key}”.',
            { product, query, key },
          )
        : t(
            'q · k = {product} for “{query}” and “{key}”; but “{query}” may not look there: a mask hides it below.',
            { product, query, key },
          ),
      difference: null,
    });
    const turned = steps.turnedQuery !== null;
    const q = numbersOf(steps.turnedQuery ?? steps.query);
    const k = numbersOf(steps.turnedKey ?? steps.keyVector);
    const products = numbersOf(steps.products);
    const strip = (name: string, title: string, values: Float32Array, limit?: number): Strip => ({
      name,
      title,
      values,
      number: null,
      limit: limit ?? limitOfStrip(values),
    });
    this.strips.update(
      [
        strip(turned ? 'q′' : 'q', t('Query as it is compared'), q),
        strip(turned ? 'k′' : 'k', t('Key as it is compared'), k),
        {
          ...strip('q × k', t('Product of each dimension; all of them add up to q · k'), products),
          number: 'product',
        },
      ],
      view.theme,
      shown.stamp,
    );
    this.parts.update(shown);
  }
}
