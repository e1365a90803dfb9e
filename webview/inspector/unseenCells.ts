/** Leaves the cells that a mask hides as bare ground: no weight is not a weight of 0. */
import type { Viewport } from '../drawing/viewport';
import type { Theme } from '../parts/theme';
import type { Layout, Plot } from './matrixCanvas';

export function clearUnseen(
  context: CanvasRenderingContext2D,
  { seen }: Plot,
  { left, top, frame }: Layout,
  view: Viewport,
  theme: Theme,
): void {
  if (seen === undefined) return;
  const [right, bottom] = [left + frame.width, top + frame.height];
  const columnAt = (column: number): number =>
    Math.min(right, Math.max(left, left + (column - view.left) * view.cell));
  context.fillStyle = theme.background;
  const end = Math.min(seen.length, Math.ceil(view.top + frame.height / view.cell));
  for (let row = Math.floor(view.top); row < end; row++) {
    const sight = seen[row];
    const y = Math.max(top, top + (row - view.top) * view.cell);
    const below = Math.min(bottom, top + (row + 1 - view.top) * view.cell);
    if (sight === undefined || y >= below) continue;
    const [from, to] = [columnAt(sight.first), columnAt(sight.last + 1)];
    context.fillRect(left, y, from - left, below - y);
    context.fillRect(to, y, right - to, below - y);
  }
}
