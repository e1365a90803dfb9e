/**
 * Which part of a matrix is seen, and how large: cell coordinates on one side, plot pixels on the
 * other. Pure; a viewport is replaced, never changed.
 */

/** What is drawn and the room for it. */
export interface Frame {
  readonly rows: number;
  readonly columns: number;
  /** Plot size in CSS pixels. */
  readonly width: number;
  readonly height: number;
}

export interface Viewport {
  /** Cell coordinates of the plot's top left corner. */
  readonly left: number;
  readonly top: number;
  /** CSS pixels a cell. */
  readonly cell: number;
}

export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Larger cells carry no more information. */
export const LARGEST_CELL = 48;

/** The cell size at which the whole matrix fits. */
export function fittingCell({ rows, columns, width, height }: Frame): number {
  if (rows === 0 || columns === 0) return 1;
  return Math.min(width / columns, height / rows);
}

/** Cells never get smaller than fits, and nothing beyond the matrix is shown. */
export function clampViewport(view: Viewport, frame: Frame): Viewport {
  const fit = fittingCell(frame);
  const cell = Math.min(Math.max(view.cell, fit), Math.max(fit, LARGEST_CELL));
  const inside = (start: number, count: number, size: number): number =>
    Math.max(0, Math.min(start, count - size / cell));
  const left = inside(view.left, frame.columns, frame.width);
  const top = inside(view.top, frame.rows, frame.height);
  // The same object for the same view: who compares need not look inside.
  const same = left === view.left && top === view.top && cell === view.cell;
  return same ? view : { left, top, cell };
}

export function fitViewport(frame: Frame): Viewport {
  return { left: 0, top: 0, cell: fittingCell(frame) };
}

/** Zooms by a factor; the matrix point under (x, y) stays there. */
export function zoomAt(
  view: Viewport,
  frame: Frame,
  factor: number,
  x: number,
  y: number,
): Viewport {
  const { cell } = clampViewport({ ...view, cell: view.cell * factor }, frame);
  return clampViewport(
    {
      left: view.left + x / view.cell - x / cell,
      top: view.top + y / view.cell - y / cell,
      cell,
    },
    frame,
  );
}

/** Moves what is seen by so many pixels, as if the matrix were dragged. */
export function panBy(view: Viewport, frame: Frame, dx: number, dy: number): Viewport {
  return clampViewport(
    { ...view, left: view.left - dx / view.cell, top: view.top - dy / view.cell },
    frame,
  );
}

/** The cell at a point of the plot, or null outside the matrix. */
export function cellAt(view: Viewport, frame: Frame, x: number, y: number): Cell | null {
  if (x < 0 || y < 0 || x >= frame.width || y >= frame.height) return null;
  const row = Math.floor(view.top + y / view.cell);
  const column = Math.floor(view.left + x / view.cell);
  return row < frame.rows && column < frame.columns ? { row, column } : null;
}

/** Moves the view just enough that a cell is seen whole. */
export function reveal(view: Viewport, frame: Frame, { row, column }: Cell): Viewport {
  const seen = (start: number, at: number, size: number): number => {
    const count = size / view.cell;
    if (at < start) return at;
    return at + 1 > start + count ? at + 1 - count : start;
  };
  return clampViewport(
    {
      ...view,
      left: seen(view.left, column, frame.width),
      top: seen(view.top, row, frame.height),
    },
    frame,
  );
}

export const isZoomed = (view: Viewport, frame: Frame): boolean =>
  view.cell > fittingCell(frame) * 1.001;
