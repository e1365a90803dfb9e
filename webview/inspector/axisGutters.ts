/** Room beside and above a matrix for the labels of its axes. */
import { shorten } from '../drawing/axisLabels';
import type { Theme } from '../parts/theme';
import type { Plot } from './matrixCanvas';

/** Of labels, in CSS pixels. */
export const FONT_SIZE = 11;
/** Characters of a label. */
export const LONGEST_LABEL = 14;
/** Between a label and the plot. */
export const LABEL_GAP = 6;

type Axes = Pick<Plot, 'queries' | 'keys'>;

export class AxisGutters {
  private measured: {
    readonly queries: readonly string[];
    readonly keys: readonly string[];
    readonly font: string;
    readonly left: number;
    readonly top: number;
  } | null = null;

  constructor(private readonly context: CanvasRenderingContext2D) {}

  /** Room for the longest labels; measured once, since text is slow to measure. */
  of({ queries, keys }: Axes, { font }: Theme): { readonly left: number; readonly top: number } {
    const { measured } = this;
    if (
      measured?.queries === queries.labels &&
      measured.keys === keys.labels &&
      measured.font === font
    )
      return measured;
    // The chosen label is bold, and any may be chosen.
    this.context.font = `600 ${FONT_SIZE}px ${font}`;
    const room = (labels: readonly string[]): number =>
      Math.ceil(this.longest(labels)) + LABEL_GAP + 4;
    const [left, top] = [room(queries.labels), room(keys.labels)];
    this.measured = { queries: queries.labels, keys: keys.labels, font, left, top };
    return this.measured;
  }

  private longest(labels: readonly string[]): number {
    return labels.reduce(
      (most, label) =>
        Math.max(most, this.context.measureText(shorten(label, LONGEST_LABEL)).width),
      0,
    );
  }
}
