/** Draws the written tokens along the bar of a film: a column each, and its label where there is room. */
import type { WrittenToken } from '../../src/protocol/trace';
import { shorten } from '../drawing/axisLabels';
import { hatch } from '../drawing/hatching';
import { contextOf } from '../parts/element';
import type { Theme } from '../parts/theme';
import { LABEL_LINE, leftOf, numberedSteps, scrubLayout, type ScrubLayout } from './scrubLayout';
import { tickHeight, type Measure } from './tickHeight';

const FONT_SIZE = 11;
/** CSS pixels: columns of the likeliest tokens, the least that is still seen, and what is under them. */
const COLUMNS_HEIGHT = 24;
const LEAST_COLUMN = 1.5;
const UPRIGHT_HEIGHT = 54;
const FLAT_HEIGHT = 16;
const LONGEST_LABEL = 8;
/** Columns this wide are set apart. */
const APART_FROM = 4;

export interface ScrubContent {
  readonly written: readonly WrittenToken[];
  readonly labels: readonly string[];
  readonly measure: Measure;
}

export class ScrubPicture {
  private drawn: readonly unknown[] = [];
  private layout: ScrubLayout | null = null;

  constructor(private readonly canvas: HTMLCanvasElement) {}

  /** Draws what is new; where the steps lie. */
  draw(content: ScrubContent, width: number, theme: Theme): ScrubLayout {
    const { written, labels, measure } = content;
    const drawn = [written, labels, measure, width, theme, window.devicePixelRatio];
    if (this.layout !== null && drawn.every((part, i) => part === this.drawn[i]))
      return this.layout;
    this.drawn = drawn;
    const context = contextOf(this.canvas);
    context.font = `${FONT_SIZE}px ${theme.font}`;
    const short = labels.map((label) => shorten(label, LONGEST_LABEL));
    const longest = short.reduce((most, one) => Math.max(most, context.measureText(one).width), 0);
    const layout = scrubLayout(written.length, width, longest);
    this.layout = layout;
    const under = layout.labels === 'upright' ? Math.min(UPRIGHT_HEIGHT, longest + 6) : FLAT_HEIGHT;
    this.size(context, width, COLUMNS_HEIGHT + under);
    context.font = `${FONT_SIZE}px ${theme.font}`;
    this.drawColumns(context, written, layout, measure, theme);
    context.fillStyle = theme.foreground;
    if (layout.labels === 'numbers') this.drawNumbers(context, layout, theme);
    else this.drawLabels(context, short, layout);
    return layout;
  }

  private size(context: CanvasRenderingContext2D, width: number, height: number): void {
    const { canvas } = this;
    const ratio = window.devicePixelRatio;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.setProperty('width', `${width}px`);
    canvas.style.setProperty('height', `${height}px`);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  private drawColumns(
    context: CanvasRenderingContext2D,
    written: readonly WrittenToken[],
    layout: ScrubLayout,
    measure: Measure,
    theme: Theme,
  ): void {
    const colour = theme.lines[measure === 'probability' ? 0 : 1] ?? theme.foreground;
    const apart = leftOf(1, layout) >= APART_FROM ? 1 : 0;
    for (const [step, one] of written.entries()) {
      const left = leftOf(step, layout);
      const width = leftOf(step + 1, layout) - left - apart;
      const height = Math.max(LEAST_COLUMN, COLUMNS_HEIGHT * tickHeight(one, measure));
      const box = [left, COLUMNS_HEIGHT - height, width, height] as const;
      context.fillStyle = colour;
      // Given, not chosen: the model said how likely it is, no more.
      if (one.given) hatch(context, box, { line: colour, background: theme.background });
      else context.fillRect(...box);
    }
    context.fillStyle = theme.line;
    context.fillRect(0, COLUMNS_HEIGHT, layout.width, 1);
  }

  private drawLabels(
    context: CanvasRenderingContext2D,
    labels: readonly string[],
    layout: ScrubLayout,
  ): void {
    const flat = layout.labels === 'flat';
    context.textBaseline = 'middle';
    context.textAlign = flat ? 'center' : 'right';
    for (const [step, label] of labels.entries()) {
      const middle = (leftOf(step, layout) + leftOf(step + 1, layout)) / 2;
      context.save();
      context.translate(middle, COLUMNS_HEIGHT + (flat ? FLAT_HEIGHT / 2 + 1 : 4));
      if (!flat) context.rotate(-Math.PI / 2);
      context.fillText(label, 0, 0);
      context.restore();
    }
  }

  private drawNumbers(context: CanvasRenderingContext2D, layout: ScrubLayout, theme: Theme): void {
    context.fillStyle = theme.muted;
    context.textBaseline = 'top';
    context.textAlign = 'left';
    for (const step of numberedSteps(layout)) {
      const left = leftOf(step, layout);
      context.fillRect(left, COLUMNS_HEIGHT, 1, 4);
      const words = String(step + 1);
      const room = layout.width - context.measureText(words).width;
      context.fillText(words, Math.min(left + 3, room), COLUMNS_HEIGHT + FLAT_HEIGHT - LABEL_LINE);
    }
  }
}
