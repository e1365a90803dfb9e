/** q, k and v of the two tokens, and k and v of every key. */
import type { Translate } from '../../src/language/translate';
import { nineDigits, scaleEnd } from '../../src/navigation/names';
import { halfOf } from '../../src/protocol/stacks';
import { numbersOf, type WireTensor } from '../../src/protocol/wireTensor';
import type { MadeNumber } from '../../src/protocol/studies/madeOf';
import { element } from '../parts/element';
import { HeatMap } from '../parts/heatMap';
import { largestAmount } from '../positions/valueRange';
import type { Vectors } from './keyVectors';
import { StepPane } from './stepPane';
import type { OpenNumber, Shown } from './shown';
import { StripGroup, type Strip } from './stripGroup';

export class VectorsPane {
  readonly root: HTMLElement;
  private readonly pane: StepPane;
  private readonly strips: StripGroup;
  private readonly keys = new HeatMap('step-keys');
  private readonly values = new HeatMap('step-values');
  private readonly all: HTMLDetailsElement;
  private last: { readonly shown: Shown; readonly vectors: Vectors | null } | null = null;

  constructor(
    private readonly t: Translate,
    open: OpenNumber,
  ) {
    this.strips = new StripGroup(t, t('q, k and v as a table'), open);
    this.all = element(
      'details',
      { class: 'twin', on: { toggle: () => this.drawAll() } },
      element('summary', {}, t('k and v of every key')),
      element('p', { class: 'strip-title' }, t('k of every key')),
      this.keys.root,
      element('p', { class: 'strip-title' }, t('v of every key')),
      this.values.root,
    );
    this.pane = new StepPane(t, 2, this.strips.root, this.all);
    this.root = this.pane.root;
  }

  update(shown: Shown, vectors: Vectors | null): void {
    const { t } = this;
    const { asked, steps, query, key, model, view } = shown;
    const { turnedQuery, turnedKey } = steps;
    this.last = { shown, vectors };
    const turns = turnedQuery !== null;
    const half = halfOf(asked.stack);
    const shared = model.keyValueHeads[half] < model.heads[half];
    const words = [
      t('Three matrices of this head make {width} numbers (d_k) each.', {
        width: model.headWidth,
      }),
      turns ? t('Positions turn q and k: q′ and k′ are what is compared.') : '',
      shared
        ? t('Heads share keys and values here: this one uses set {set} of {count}.', {
            set: steps.keyHead,
            count: model.keyValueHeads[half],
          })
        : '',
    ];
    this.pane.update({
      title: t('Query, key, value'),
      formulas: [
        asked.stack === 'cross' ? 'crossQueryKeyValue' : 'queryKeyValue',
        ...(turns ? (['rotary'] as const) : []),
      ],
      words: words.filter((part) => part !== '').join(' '),
      difference: steps.differences.vectors,
    });
    const strip = (
      name: string,
      title: string,
      tensor: WireTensor | null,
      number: MadeNumber,
    ): Strip[] => (tensor === null ? [] : [{ name, title, values: numbersOf(tensor), number }]);
    const of = (what: string, token: string): string => t('{what} of “{token}”', { what, token });
    this.strips.update(
      [
        ...strip(`q “${query}”`, of(t('Query q'), query), steps.query, 'query'),
        ...strip(`q′ “${query}”`, of(t('Turned query q′'), query), turnedQuery, 'turnedQuery'),
        ...strip(`k “${key}”`, of(t('Key k'), key), steps.keyVector, 'key'),
        ...strip(`k′ “${key}”`, of(t('Turned key k′'), key), turnedKey, 'turnedKey'),
        ...strip(`v “${key}”`, of(t('Value v'), key), steps.value, 'value'),
      ],
      view.theme,
      shown.stamp,
    );
    this.drawAll();
  }

  private drawAll(): void {
    const { last, t } = this;
    if (last === null || last.vectors === null || !this.all.open) return;
    const { shown, vectors } = last;
    const { width } = vectors;
    const rows = shown.keys.length;
    for (const [map, values, name] of [
      [this.keys, vectors.keys, shown.steps.turnedKey === null ? 'k' : 'k′'],
      [this.values, vectors.values, 'v'],
    ] as const) {
      const limit = largestAmount(values) || 1;
      map.update(
        {
          rows,
          columns: width,
          values: () => values,
          key: `${shown.stamp}/${name}`,
          limit,
          low: scaleEnd(-limit),
          high: scaleEnd(limit),
          note: '',
          name: t('{name} of every key: {rows} keys by {columns} dimensions', {
            name,
            rows,
            columns: width,
          }),
          rest: t('Each row is a key, from the first at the top; the chosen one is framed.'),
          describe: (row, column) =>
            t('{name} of “{token}”, dimension {dimension}: {value}', {
              name,
              token: shown.keys[row] ?? '',
              dimension: column,
              value: nineDigits(values[row * width + column] ?? 0),
            }),
          chosen: shown.steps.key,
          ends: ['0', String(width - 1)],
        },
        shown.view.theme,
      );
    }
  }
}
