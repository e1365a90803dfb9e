/** What the strongest colour stands for, and how coded bytes are painted when it is not their own maximum. Pure. */
import { colourAt, SCALE_STEPS, type ColourScale } from '../../src/palette/weightScale';
import type { ColourScaleChoice } from '../../src/protocol/readerState';

/** Attention weights of a row sum to 1, so that none is larger. */
const LARGEST_WEIGHT = 1;

/** The weight of the strongest colour where `largest` is the largest weight in sight. */
export const topOf = (choice: ColourScaleChoice, largest: number): number =>
  choice === 'absolute' ? LARGEST_WEIGHT : largest;

/**
 * The colours of bytes coded as 255 · √(weight ÷ maximum), in a scale whose strongest colour stands
 * for `top`: the byte's step moves by √(maximum ÷ top). The bytes themselves stay as they came.
 */
export function scaleOfBytes(scale: ColourScale, maximum: number, top: number): ColourScale {
  if (maximum === top || !(top > 0)) return scale;
  const factor = Math.sqrt(maximum / top);
  const moved = new Uint8Array(3 * SCALE_STEPS);
  for (let byte = 0; byte < SCALE_STEPS; byte++)
    moved.set(colourAt(scale, byte * factor), 3 * byte);
  return moved;
}
