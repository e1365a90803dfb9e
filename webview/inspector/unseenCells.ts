/**
 * Leaves the cells that a mask hides as bare ground, or in a film hatches them, so that they are told
 * apart from rows that are not there yet: no weight is not a weight of 0.
 */
import { hatch } from '../drawing/hatching';
import type { Viewport } from '../drawing/viewport';
import { contextOf } from '../parts/element';
import type { Theme } from '../parts/theme';
import type { Layout, Plot } from './matrixCanvas';

type Box = readonly [x: number, y: number, width: number, height: number];

export class UnseenCells {
  /** The hatching of all rows: a film draws it at every step, as far as the step has come. */
  private hatched: { readonly of: readonly unknown[]; readonly image: HTMLCanvasElement } | null =
    null;

  clear(
    context: CanvasRenderingContext2D,
    { seen, until }: Plot,
    layout: Layout,
    view: Viewport,
    theme: Theme,
  ): void {
    const { left, top, frame } = layout;
    const { width, height } = frame;
    if (until === undefined) {
      context.fillStyle = theme.background;
      for (const [x, y, wide, high] of hiddenBoxes(seen, layout, view))
        context.fillRect(left + x, top + y, wide, high);
      return;
    }
    const shown = Math.min(height, Math.max(0, (until - view.top) * view.cell));
    if (shown > 0 && seen !== undefined) {
      const ratio = window.devicePixelRatio;
      const image = this.hatching(seen, layout, view, theme, ratio);
      const part = [0, 0, width * ratio, shown * ratio] as const;
      context.drawImage(image, ...part, left, top, width, shown);
    }
    context.fillStyle = theme.background;
    context.fillRect(left, top + shown, width, height - shown);
  }

  private hatching(
    seen: NonNullable<Plot['seen']>,
    layout: Layout,
    view: Viewport,
    theme: Theme,
    ratio: number,
  ): HTMLCanvasElement {
    const { width, height } = layout.frame;
    const of = [seen, width, height, view.left, view.top, view.cell, theme, ratio];
    if (this.hatched !== null && of.every((part, i) => part === this.hatched?.of[i]))
      return this.hatched.image;
    const image = document.createElement('canvas');
    image.width = Math.ceil(width * ratio);
    image.height = Math.ceil(height * ratio);
    const context = contextOf(image);
    context.scale(ratio, ratio);
    context.beginPath();
    for (const box of hiddenBoxes(seen, layout, view)) context.rect(...box);
    context.clip();
    const colours = { line: theme.muted, background: theme.background };
    hatch(context, [0, 0, width, height], colours);
    this.hatched = { of, image };
    return image;
  }
}

/** What each row in sight does not see, beside what it does, in pixels of the plot. */
function hiddenBoxes(seen: Plot['seen'], { frame }: Layout, view: Viewport): Box[] {
  if (seen === undefined) return [];
  const { width, height } = frame;
  const columnAt = (column: number): number =>
    Math.min(width, Math.max(0, (column - view.left) * view.cell));
  const end = Math.min(seen.length, Math.ceil(view.top + height / view.cell));
  const boxes: Box[] = [];
  for (let row = Math.floor(view.top); row < end; row++) {
    const sight = seen[row];
    const y = Math.max(0, (row - view.top) * view.cell);
    const below = Math.min(height, (row + 1 - view.top) * view.cell);
    if (sight === undefined || y >= below) continue;
    const [from, to] = [columnAt(sight.first), columnAt(sight.last + 1)];
    boxes.push([0, y, from, below - y], [to, y, width - to, below - y]);
  }
  return boxes;
}
