/** The scale with its ends: what a colour means. */
import type { Translate } from '../../src/language/translate';
import type { ColourScale } from '../../src/palette/weightScale';
import type { ColourScaleChoice } from '../../src/protocol/readerState';
import { rasterOfScale } from '../drawing/raster';
import { contextOf, element, setText } from './element';

export class Legend {
  readonly root: HTMLElement;
  private readonly low = element('span', { class: 'legend-end' });
  private readonly high = element('span', { class: 'legend-end' });
  private readonly note = element('span', { class: 'legend-note' });
  private readonly bar = element('canvas', {
    class: 'legend-bar',
    attributes: { width: 256, height: 1, 'aria-hidden': 'true' },
  });
  private scale: ColourScale | null = null;

  constructor() {
    this.root = element('span', { class: 'legend' }, this.low, this.bar, this.high, this.note);
  }

  update(scale: ColourScale, low: string, high: string, note: string): void {
    setText(this.low, low);
    setText(this.high, high);
    setText(this.note, note);
    if (this.scale === scale) return;
    this.scale = scale;
    const { width, height, rgba } = rasterOfScale(scale);
    contextOf(this.bar).putImageData(new ImageData(rgba, width, height), 0, 0);
  }
}

/** What a legend of weights says about its coding; `own` where the scale ends at what is in sight. */
export const scaleNote = (choice: ColourScaleChoice, own: string, t: Translate): string =>
  choice === 'absolute' ? t('√ scale, the same everywhere') : own;
