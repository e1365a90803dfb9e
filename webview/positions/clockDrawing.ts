/** Many small clocks on one canvas, a hand each: right is the sine, up the cosine. */
import { contextOf } from '../parts/element';
import type { Theme } from '../parts/theme';

/** Pixels from one clock to the next, for up to so many of them. */
const SIZES: readonly (readonly [most: number, size: number])[] = [
  [16, 54],
  [72, 40],
  [Number.POSITIVE_INFINITY, 27],
];
const MARGIN = 2;
const HAND_WIDTH = 1.5;
/** The rims stand back behind the hands. */
const FAINT = 0.45;
const TURN = 2 * Math.PI;

export interface ClockFace {
  readonly sine: number;
  readonly cosine: number;
}

export interface ClockGrid {
  readonly columns: number;
  readonly rows: number;
  readonly size: number;
}

export function clockGrid(count: number, width: number): ClockGrid {
  const size = SIZES.find(([most]) => count <= most)![1];
  const columns = Math.max(1, Math.min(count, Math.floor(width / size)));
  return { columns, rows: Math.ceil(count / columns), size };
}

/** Draws every clock; the chosen one is framed. Sizes the canvas for the screen's density. */
export function drawClocks(
  canvas: HTMLCanvasElement,
  faces: readonly ClockFace[],
  { columns, rows, size }: ClockGrid,
  chosen: number,
  theme: Theme,
): void {
  const density = window.devicePixelRatio;
  const [width, height] = [columns * size, rows * size];
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  canvas.style.setProperty('width', `${width}px`);
  canvas.style.setProperty('height', `${height}px`);
  const context = contextOf(canvas);
  context.scale(density, density);
  const radius = size / 2 - MARGIN;
  for (const [i, { sine, cosine }] of faces.entries()) {
    const x = (i % columns) * size + size / 2;
    const y = Math.floor(i / columns) * size + size / 2;
    context.lineWidth = 1;
    context.strokeStyle = i === chosen ? theme.focus : theme.muted;
    context.globalAlpha = i === chosen ? 1 : FAINT;
    context.beginPath();
    context.arc(x, y, radius - 0.5, 0, TURN);
    context.stroke();
    context.globalAlpha = 1;
    if (i === chosen)
      context.strokeRect(x - size / 2 + 0.5, y - size / 2 + 0.5, size - 1, size - 1);
    context.lineWidth = HAND_WIDTH;
    context.strokeStyle = theme.lines[0] ?? theme.foreground;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + sine * (radius - 1), y - cosine * (radius - 1));
    context.stroke();
  }
}
