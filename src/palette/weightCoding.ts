/**
 * Square-root coding of weights for colour: step = 255 · √(weight ÷ maximum). Linear steps would
 * paint the weights of a long text (1/512 each) all alike.
 */

const TOP_STEP = 255;

/** The step of the scale for a weight, 0 to `top`; 0 where there is no maximum to compare with. */
export function stepOf(weight: number, maximum: number, top: number = TOP_STEP): number {
  if (!(weight > 0) || !(maximum > 0)) return 0;
  return Math.round(top * Math.sqrt(Math.min(1, weight / maximum)));
}

/** The weight in the middle of what a step stands for: for legends, never for numbers on data. */
export function weightOf(step: number, maximum: number): number {
  return maximum * (step / TOP_STEP) ** 2;
}

/** The step of a diverging scale for a value between −limit and limit. */
export function signedStepOf(value: number, limit: number): number {
  if (!(limit > 0)) return TOP_STEP / 2;
  return Math.round((TOP_STEP / 2) * (1 + Math.max(-1, Math.min(1, value / limit))));
}
