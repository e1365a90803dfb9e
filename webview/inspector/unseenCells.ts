/** Leaves the cells behind a causal mask as bare ground: no weight is not a weight of 0. */
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
  context.fillStyle = theme.background;
  const last = Math.min(seen.length, Math.ceil(view.top + frame.height / view.cell));
  for (let row = Math.floor(view.top); row < last; row++) {
    const x = Math.max(left, left + ((seen[row] ?? 0) - view.left) * view.cell);
    const y = Math.max(top, top + (row - view.top) * view.cell);
    const below = Math.min(bottom, top + (row + 1 - view.top) * view.cell);
    if (x < right && y < below) context.fillRect(x, y, right - x, below - y);
  }
}
