/** Where the steps lie on the bar of a film, and how their labels are written. Pure. */
import { niceStep } from '../drawing/axisLabels';

/** Pixels of a line of text on its side, and of a number. */
export const LABEL_LINE = 13;
const NUMBER_WIDTH = 40;
/** Free pixels between two labels. */
const APART = 6;

/** `flat`: as they are read. `upright`: on their side. `numbers`: there is no room for labels. */
export type LabelStyle = 'flat' | 'upright' | 'numbers';

export interface ScrubLayout {
  readonly steps: number;
  readonly width: number;
  readonly labels: LabelStyle;
}

/** @param longest pixels of the longest label */
export function scrubLayout(steps: number, width: number, longest: number): ScrubLayout {
  const column = width / Math.max(1, steps);
  const labels = longest + APART <= column ? 'flat' : LABEL_LINE <= column ? 'upright' : 'numbers';
  return { steps, width, labels };
}

/** Left edge of a step, or of what is behind the last. */
export const leftOf = (step: number, { steps, width }: ScrubLayout): number =>
  (width * step) / Math.max(1, steps);

/** The step at a place of the bar; places beside it are those of its ends. */
export function stepAt(x: number, { steps, width }: ScrubLayout): number {
  const step = Math.floor((x / Math.max(1, width)) * steps);
  return Math.max(0, Math.min(steps - 1, step));
}

/** Steps that bear their number where there is no room for labels: the first, and round ones, counted from 1. */
export function numberedSteps({ steps, width }: ScrubLayout): number[] {
  const every = niceStep((NUMBER_WIDTH * steps) / Math.max(1, width));
  const numbered = Array.from({ length: Math.floor(steps / every) }, (_, i) => (i + 1) * every - 1);
  return numbered[0] === 0 ? numbered : [0, ...numbered];
}
