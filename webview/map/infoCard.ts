/** The opened box: what it does, its formulas, the chosen token's numbers, and the views that show more. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import type { Answer } from '../../src/protocol/queries';
import { halfReading } from '../../src/protocol/stacks';
import type { Commands } from '../inspector/view';
import { formula } from '../learn/formula/formulas';
import { element, setText, show } from '../parts/element';
import { boxFormulas } from './boxFormulas';
import { boxMeaning } from './boxMeaning';
import { boxNumbers, type BoxNumber } from './boxNumbers';
import { boxParameters, type BoxParameters } from './boxParameters';
import { boxViews } from './boxViews';
import { boxDetail, boxTitle, halfName } from './boxWords';
import type { MapBox } from './boxes';
import type { MapSight } from './mapSight';

/** A factor computed in another order may differ in its last digits. */
const SAME = 1e-6;

export class InfoCard {
  readonly root: HTMLElement;
  private readonly title = element('h3', { class: 'small-title' });
  private readonly where = element('span', { class: 'hint' });
  private readonly meaning = element('p');
  private readonly facts = element('p', { class: 'hint map-facts' });
  private readonly formulas = element('div', { class: 'map-formulas' });
  private readonly numbersTitle = element('p', { class: 'map-numbers-title' });
  private readonly numbers = element('dl', { class: 'map-numbers' });
  private readonly views = element('div', { class: 'map-views' });
  private readonly off: HTMLButtonElement;
  private now: { readonly box: MapBox; readonly layer: number } | null = null;
  private shown = '';
  private numbered = '';

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
    /** What else belongs to boxes: the study's progress. */
    state: HTMLElement,
    switchOff: (box: MapBox, layer: number) => void,
  ) {
    this.off = element(
      'button',
      {
        class: 'small',
        attributes: { type: 'button' },
        on: {
          click: () => {
            if (this.now !== null) switchOff(this.now.box, this.now.layer);
          },
        },
      },
      t('Switch this residual off'),
    );
    this.root = element(
      'section',
      { class: 'map-card' },
      element('div', { class: 'map-card-head' }, this.title, this.where),
      this.meaning,
      this.facts,
      this.formulas,
      this.numbersTitle,
      this.numbers,
      state,
      this.views,
    );
  }

  /** @param norms what is known of the chosen token's path through the box's stack; null: nothing */
  update(box: MapBox, sight: MapSight, norms: Answer<'pathNorms'> | null, why: string): void {
    const { t } = this;
    const layer = sight.layer[box.half];
    this.now = { box, layer };
    setText(this.title, boxTitle(box, sight, t));
    const half = halfName(box.half, t);
    setText(
      this.where,
      box.subLayer === null
        ? half
        : t('{half}, layer {layer} of 0–{last}', {
            half,
            layer,
            last: sight.model.layers[box.half] - 1,
          }),
    );
    setText(this.meaning, boxMeaning(box, sight, t));
    const facts = this.factsOf(box, sight);
    setText(this.facts, facts);
    show(this.facts, facts !== '');
    const found = norms === null ? [] : boxNumbers(box, norms, layer, t);
    const { token } = sight;
    const heading =
      found.length > 0 && token !== null ? t('At “{token}”', { token: token.label }) : why;
    setText(this.numbersTitle, heading);
    show(this.numbersTitle, heading !== '');
    this.showNumbers(found);
    const names = boxFormulas(box, sight);
    const places = boxViews(box, sight, t);
    const key = JSON.stringify([box.key, names, places]);
    if (key === this.shown) return;
    this.shown = key;
    this.formulas.replaceChildren(...names.map((name) => formula(name, t)));
    const adds = box.kind === 'add' || box.kind === 'addNorm';
    this.views.replaceChildren(
      ...(adds ? [this.off] : []),
      ...places.map(({ name, change }) =>
        element(
          'button',
          {
            class: 'small',
            attributes: { type: 'button' },
            on: { click: () => this.commands.navigate(change) },
          },
          t('Open {view}', { view: name }),
        ),
      ),
    );
    show(this.views, adds || places.length > 0);
  }

  /** Made anew only when they changed: a number may be selected to be copied. */
  private showNumbers(found: readonly BoxNumber[]): void {
    show(this.numbers, found.length > 0);
    const key = JSON.stringify(found);
    if (key === this.numbered) return;
    this.numbered = key;
    this.numbers.replaceChildren(
      ...found.flatMap(({ name, value }) => [
        element('dt', {}, name),
        element('dd', {}, fourDecimals(value)),
      ]),
    );
  }

  private factsOf(box: MapBox, sight: MapSight): string {
    const { t } = this;
    const { structure, whole, model } = sight;
    const parameters = boxParameters(box, structure);
    const facts = [boxDetail(box, sight, t)];
    if (box.kind === 'attention')
      facts.push(
        model.scoreScale === 1
          ? t('scores without the factor 1/√d_k')
          : Math.abs(model.scoreScale * Math.sqrt(model.headWidth) - 1) < SAME
            ? t('scores ÷ √{width}', { width: model.headWidth })
            : t('scores × {scale}', { scale: Number(model.scoreScale.toFixed(4)) }),
      );
    const window = this.windowAt(box, sight);
    if (window !== null)
      facts.push(t('window of {count} tokens, itself included', { count: whole(window) }));
    if (box.kind === 'attention' || box.kind === 'cross')
      facts.push(`d_model ${whole(model.dModel)}`);
    if (parameters !== null) facts.push(this.parametersAt(box, parameters, sight));
    return facts.filter((fact) => fact !== '').join(' · ');
  }

  /** Keys that the layer's queries see, where that is not all before them; known of the stack that reads the text. */
  private windowAt({ kind, half }: MapBox, { model, layer }: MapSight): number | null {
    const reads = half === halfReading(model.architecture, 'source');
    return kind === 'attention' && reads ? (model.windows[layer[half]] ?? null) : null;
  }

  private parametersAt(box: MapBox, { count, blocks }: BoxParameters, sight: MapSight): string {
    const { t } = this;
    const { whole, model } = sight;
    const layers = model.layers[box.half];
    if (blocks > 1)
      return t('{count} parameters in each of {blocks} blocks', {
        count: whole(Math.round(count / blocks)),
        blocks,
      });
    return box.subLayer !== null && layers > 1
      ? t('{count} parameters, shared by all {layers} layers', { count: whole(count), layers })
      : t('{count} parameters', { count: whole(count) });
  }
}
