/** Which dimensions the curves show: added by number, taken away by a click; also the legend. */
import type { Translate } from '../../src/language/translate';
import type { PositionLayout } from '../../src/protocol/trace';
import { describeDimension, firstDimensions } from './dimensions';
import { element, setAttribute } from '../parts/element';
import type { Theme } from '../parts/theme';

/** As many as there are colours to tell them apart. */
export const MOST_DIMENSIONS = 6;

export class DimensionPicker {
  readonly root: HTMLElement;
  private readonly chips = element('span', { class: 'dimension-chips' });
  private readonly input: HTMLInputElement;
  private chosen: number[] = [];
  private dModel = 0;
  private drawn = '';

  constructor(
    private readonly t: Translate,
    private readonly changed: () => void,
  ) {
    this.input = element('input', {
      attributes: { type: 'number', min: 0, step: 1, 'aria-label': t('Dimension to add') },
    });
    const form = element(
      'form',
      {
        class: 'dimension-form',
        on: {
          submit: (event) => {
            event.preventDefault();
            this.add(this.input.valueAsNumber);
          },
        },
      },
      this.input,
      element('button', { class: 'small', attributes: { type: 'submit' } }, t('Add dimension')),
    );
    this.root = element('div', { class: 'dimensions' }, this.chips, form);
  }

  /** The chosen dimensions, with the colour of each. */
  get dimensions(): readonly number[] {
    return this.chosen;
  }

  update(dModel: number, layout: PositionLayout, theme: Theme): void {
    if (dModel !== this.dModel) {
      this.dModel = dModel;
      this.chosen = firstDimensions(dModel, layout);
      setAttribute(this.input, 'max', dModel - 1);
      setAttribute(this.input, 'placeholder', `0–${dModel - 1}`);
    }
    const key = `${this.chosen.join()}/${layout}/${theme.lines.join()}`;
    if (key === this.drawn) return;
    this.drawn = key;
    this.chips.replaceChildren(
      ...this.chosen.map((dimension, i) => {
        const { wave, wavelength } = describeDimension(dimension, dModel, layout);
        const swatch = element('span', { class: 'swatch', attributes: { 'aria-hidden': 'true' } });
        swatch.style.setProperty('background-color', theme.lines[i] ?? theme.foreground);
        return element(
          'button',
          {
            class: 'dimension',
            attributes: {
              type: 'button',
              title: this.t(
                'Dimension {dimension}: {wave}, repeats after {wavelength} positions. Click to remove.',
                {
                  dimension,
                  wave,
                  wavelength: wavelength.toPrecision(3),
                },
              ),
            },
            on: { click: () => this.remove(dimension) },
          },
          swatch,
          this.t('dim {dimension} {wave}', { dimension, wave }),
          element('span', { class: 'remove', attributes: { 'aria-hidden': 'true' } }, '×'),
        );
      }),
    );
  }

  private add(dimension: number): void {
    const fits = Number.isInteger(dimension) && dimension >= 0 && dimension < this.dModel;
    if (!fits || this.chosen.includes(dimension)) return;
    // The oldest makes room: the newest is what the reader wants to see.
    this.chosen = [...this.chosen, dimension].slice(-MOST_DIMENSIONS);
    this.input.value = '';
    this.changed();
  }

  private remove(dimension: number): void {
    this.chosen = this.chosen.filter((other) => other !== dimension);
    this.changed();
  }
}
