/** A signed number with a bar to either side of the middle, or a dash where there is nothing to subtract. */
import { signedStepOf } from '../../src/palette/weightCoding';
import { colourAt, cssColour, SCALE_STEPS, type ColourScale } from '../../src/palette/weightScale';
import { signedFourDecimals } from '../drawing/difference';
import { setText } from '../parts/element';
import { barElements, NO_NUMBER } from '../parts/barCell';

/** A bar's least distance from the middle of the scale: nearer ones are lost on the background. */
const FAINTEST_STEP = 60;
const MIDDLE = (SCALE_STEPS - 1) / 2;

function barStep(value: number, limit: number): number {
  const away = signedStepOf(value, limit) - MIDDLE;
  return MIDDLE + Math.sign(away) * Math.max(FAINTEST_STEP, Math.abs(away));
}

export class DifferenceCell {
  private readonly parts = barElements('difference', 'signed');
  readonly root = this.parts.root;

  /** @param limit the difference that fills half of the track */
  update(value: number | null, limit: number, scale: ColourScale): void {
    setText(this.parts.number, value === null ? NO_NUMBER : signedFourDecimals(value));
    const share = value === null || !(limit > 0) ? 0 : Math.min(1, Math.abs(value) / limit);
    const { style } = this.parts.bar;
    style.setProperty('width', `${50 * share}%`);
    style.setProperty('margin-left', value !== null && value < 0 ? `${50 - 50 * share}%` : '50%');
    style.setProperty('background-color', cssColour(colourAt(scale, barStep(value ?? 0, limit))));
  }
}
