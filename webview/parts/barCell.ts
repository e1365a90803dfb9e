/** Table cells with a number and a bar beside or below it. */
import { stepOf } from '../../src/palette/weightCoding';
import { colourAt, cssColour, type ColourScale } from '../../src/palette/weightScale';
import { fourDecimals } from '../../src/navigation/names';
import { element, setText } from './element';

/** Shown in place of a number that does not exist. */
export const NO_NUMBER = '–';

/** The faintest colour of a bar: fainter ones are lost on the background. */
const FAINTEST_STEP = 96;

/** Of a bar, as CSS reads it. */
export const barColour = (scale: ColourScale, value: number, maximum: number): string =>
  cssColour(colourAt(scale, Math.max(FAINTEST_STEP, stepOf(value, maximum))));

/** The elements of such a cell. `kind` is a further class of the cell, `track` of what the bar lies in. */
export function barElements(
  kind = '',
  track = '',
): { readonly root: HTMLElement; readonly number: HTMLElement; readonly bar: HTMLElement } {
  const number = element('span', { class: 'cell-number' });
  const bar = element('span', { class: 'cell-bar', attributes: { 'aria-hidden': 'true' } });
  const lane = element('span', { class: `cell-track ${track}`.trim() }, bar);
  return { root: element('td', { class: `number ${kind}`.trim() }, number, lane), number, bar };
}

/** A number with a bar as long as it is large. */
export class BarCell {
  private readonly parts = barElements();
  readonly root = this.parts.root;
  private shown: readonly [number, number, ColourScale] | null = null;

  /** Says that there is no number here. */
  clear(): void {
    this.shown = null;
    setText(this.parts.number, NO_NUMBER);
    this.parts.bar.style.setProperty('width', '0');
  }

  update(value: number, maximum: number, scale: ColourScale): void {
    const [before, top, colours] = this.shown ?? [];
    if (before === value && top === maximum && colours === scale) return;
    this.shown = [value, maximum, scale];
    setText(this.parts.number, fourDecimals(value));
    this.parts.bar.style.setProperty('width', `${maximum > 0 ? (100 * value) / maximum : 0}%`);
    this.parts.bar.style.setProperty('background-color', barColour(scale, value, maximum));
  }
}
