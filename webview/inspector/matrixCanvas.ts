/** Draws a matrix with labelled axes, the chosen row or column and the cell under the cursor. */
import type { Sight } from '../../src/navigation/causality';
import type { ColourScale } from '../../src/palette/weightScale';
import { labelledIndices, shorten } from '../drawing/axisLabels';
import { hatch } from '../drawing/hatching';
import { rasterOfPixels, type Pixels } from '../drawing/raster';
import { type Cell, type Frame, type Viewport, LARGEST_CELL } from '../drawing/viewport';
import { contextOf } from '../parts/element';
import type { Theme } from '../parts/theme';
import { AxisGutters, FONT_SIZE, LABEL_GAP, LONGEST_LABEL } from './axisGutters';
import { UnseenCells } from './unseenCells';

/** Below this many pixels a cell there is no grid line between cells. */
const GRID_FROM = 9;
const LEAST_PLOT = 60;

/** How large a plot gets, in CSS pixels: a matrix of few tokens need not fill a wide panel. */
export interface Size {
  readonly cell: number;
  readonly height: number;
}
const ROOMY: Size = { cell: 30, height: 620 };

/** What stands out: indices into the plot's axes. */
export interface Marks {
  readonly row: number | null;
  readonly column: number | null;
  readonly cell: Cell | null;
}

/** What is drawn: coded pixels and what their rows and columns are called. */
export interface Plot {
  readonly queries: { readonly labels: readonly string[] };
  readonly keys: { readonly labels: readonly string[] };
  readonly pixels: Pixels;
  /** Of each row the columns that a mask leaves it: beyond them is no weight, not one of 0. */
  readonly seen?: readonly Sight[];
  /** Of a film: rows from here on are later steps, and what a mask hides of those before is hatched. */
  readonly until?: number;
  /** Rows and columns that stand for nothing here. */
  readonly gaps?: { readonly rows: readonly number[]; readonly columns: readonly number[] };
}

/** What the axes are called. */
export interface AxisNames {
  readonly queries: string;
  readonly keys: string;
}

/** Where the plot lies inside the canvas. */
export interface Layout {
  readonly left: number;
  readonly top: number;
  readonly frame: Frame;
}

export class MatrixCanvas {
  private bitmap: { pixels: Uint8Array; scale: ColourScale; image: HTMLCanvasElement } | null =
    null;
  private readonly gutters: AxisGutters;
  private readonly unseen = new UnseenCells();

  constructor(
    readonly canvas: HTMLCanvasElement,
    private readonly most: Size = ROOMY,
  ) {
    this.gutters = new AxisGutters(contextOf(canvas));
  }

  /** Chooses the plot's size for a width and makes room for the longest labels. */
  layout(plot: Plot, width: number, theme: Theme): Layout {
    const { left, top } = this.gutters.of(plot, theme);
    const { rows, columns } = plot.pixels;
    const room = Math.max(LEAST_PLOT, width - left - 4);
    const { most } = this;
    const cell = Math.min(most.cell, LARGEST_CELL, room / columns, most.height / rows);
    return {
      left,
      top,
      frame: { rows, columns, width: Math.floor(cell * columns), height: Math.floor(cell * rows) },
    };
  }

  draw(
    plot: Plot,
    layout: Layout,
    view: Viewport,
    marks: Marks,
    names: AxisNames,
    scale: ColourScale,
    theme: Theme,
  ): void {
    const { left, top, frame } = layout;
    const width = left + frame.width + 4;
    const height = top + frame.height + 4;
    const ratio = window.devicePixelRatio;
    const { canvas } = this;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.setProperty('width', `${width}px`);
    canvas.style.setProperty('height', `${height}px`);
    const context = contextOf(canvas);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.font = `${FONT_SIZE}px ${theme.font}`;
    this.drawPlot(context, plot, layout, view, scale, theme);
    this.drawLabels(context, plot, layout, view, marks, names, theme);
    context.save();
    context.beginPath();
    context.rect(left - 2, top - 2, frame.width + 4, frame.height + 4);
    context.clip();
    context.translate(left - view.left * view.cell, top - view.top * view.cell);
    this.drawMarks(context, frame, view.cell, marks, theme);
    context.restore();
  }

  private drawPlot(
    context: CanvasRenderingContext2D,
    plot: Plot,
    { left, top, frame }: Layout,
    view: Viewport,
    scale: ColourScale,
    theme: Theme,
  ): void {
    const seenColumns = frame.width / view.cell;
    const seenRows = frame.height / view.cell;
    context.imageSmoothingEnabled = false;
    if (frame.rows > 0 && frame.columns > 0)
      context.drawImage(
        this.imageOf(plot, scale),
        view.left,
        view.top,
        seenColumns,
        seenRows,
        left,
        top,
        frame.width,
        frame.height,
      );
    this.unseen.clear(context, plot, { left, top, frame }, view, theme);
    this.drawGaps(context, plot, { left, top, frame }, view, theme);
    if (view.cell >= GRID_FROM) {
      context.strokeStyle = theme.background;
      context.lineWidth = 1;
      context.beginPath();
      for (let column = Math.ceil(view.left); column <= view.left + seenColumns; column++) {
        const x = Math.round(left + (column - view.left) * view.cell) + 0.5;
        context.moveTo(x, top);
        context.lineTo(x, top + frame.height);
      }
      for (let row = Math.ceil(view.top); row <= view.top + seenRows; row++) {
        const y = Math.round(top + (row - view.top) * view.cell) + 0.5;
        context.moveTo(left, y);
        context.lineTo(left + frame.width, y);
      }
      context.stroke();
    }
    context.strokeStyle = theme.line;
    context.strokeRect(left - 0.5, top - 0.5, frame.width + 1, frame.height + 1);
  }

  private drawGaps(
    context: CanvasRenderingContext2D,
    { gaps }: Plot,
    { left, top, frame }: Layout,
    view: Viewport,
    theme: Theme,
  ): void {
    if (gaps === undefined) return;
    context.save();
    context.beginPath();
    context.rect(left, top, frame.width, frame.height);
    context.clip();
    const colours = { line: theme.muted, background: theme.background };
    for (const row of gaps.rows)
      hatch(context, [left, top + (row - view.top) * view.cell, frame.width, view.cell], colours);
    for (const column of gaps.columns)
      hatch(
        context,
        [left + (column - view.left) * view.cell, top, view.cell, frame.height],
        colours,
      );
    context.restore();
  }

  private drawLabels(
    context: CanvasRenderingContext2D,
    { queries, keys }: Plot,
    { left, top, frame }: Layout,
    view: Viewport,
    marks: Marks,
    names: AxisNames,
    theme: Theme,
  ): void {
    const ratioRows = queries.labels.length / Math.max(1, frame.rows);
    const ratioColumns = keys.labels.length / Math.max(1, frame.columns);
    const write = (label: string | undefined, strong: boolean): void => {
      context.fillStyle = strong ? theme.foreground : theme.muted;
      context.font = `${strong ? '600 ' : ''}${FONT_SIZE}px ${theme.font}`;
      context.fillText(shorten(label ?? '', LONGEST_LABEL), 0, 0);
    };
    context.textBaseline = 'middle';
    this.drawCorner(context, names, left, top, theme);
    const cellRow = marks.cell?.row ?? null;
    const cellColumn = marks.cell?.column ?? null;
    context.textAlign = 'right';
    const seenRows: [number, number] = [
      view.top,
      Math.min(frame.rows, view.top + frame.height / view.cell),
    ];
    for (const row of labelledIndices(seenRows, view.cell, FONT_SIZE + 2)) {
      const y = top + (row + 0.5 - view.top) * view.cell;
      context.save();
      context.translate(left - LABEL_GAP, y);
      write(queries.labels[Math.floor(row * ratioRows)], row === marks.row || row === cellRow);
      context.restore();
    }
    context.textAlign = 'left';
    const seenColumns: [number, number] = [
      view.left,
      Math.min(frame.columns, view.left + frame.width / view.cell),
    ];
    for (const column of labelledIndices(seenColumns, view.cell, FONT_SIZE + 2)) {
      const x = left + (column + 0.5 - view.left) * view.cell;
      context.save();
      context.translate(x, top - LABEL_GAP);
      context.rotate(-Math.PI / 2);
      write(
        keys.labels[Math.floor(column * ratioColumns)],
        column === marks.column || column === cellColumn,
      );
      context.restore();
    }
  }

  /** What the axes are, in the corner between them, if there is room. */
  private drawCorner(
    context: CanvasRenderingContext2D,
    { queries, keys }: AxisNames,
    left: number,
    top: number,
    theme: Theme,
  ): void {
    context.font = `italic ${FONT_SIZE}px ${theme.font}`;
    context.fillStyle = theme.muted;
    context.textAlign = 'right';
    const width = Math.max(context.measureText(queries).width, context.measureText(keys).width);
    if (width + LABEL_GAP > left || top < 3 * FONT_SIZE) return;
    context.fillText(keys, left - LABEL_GAP, top - 2 * FONT_SIZE - 4);
    context.fillText(queries, left - LABEL_GAP, top - FONT_SIZE);
  }

  private drawMarks(
    context: CanvasRenderingContext2D,
    { rows, columns }: Frame,
    cell: number,
    { row, column, cell: cursor }: Marks,
    theme: Theme,
  ): void {
    context.strokeStyle = theme.focus;
    context.lineWidth = 1.5;
    if (row !== null) context.strokeRect(0, row * cell, columns * cell, cell);
    if (column !== null) context.strokeRect(column * cell, 0, cell, rows * cell);
    if (cursor === null) return;
    context.strokeStyle = theme.foreground;
    context.lineWidth = 2;
    context.strokeRect(cursor.column * cell, cursor.row * cell, cell, cell);
  }

  /** The matrix at one pixel a cell, kept until pixels or colours change. */
  private imageOf(plot: Plot, scale: ColourScale): HTMLCanvasElement {
    if (this.bitmap?.pixels === plot.pixels.bytes && this.bitmap.scale === scale)
      return this.bitmap.image;
    const image = imageOfPixels(plot, scale);
    this.bitmap = { pixels: plot.pixels.bytes, scale, image };
    return image;
  }
}

/** A canvas with one pixel a cell. */
export function imageOfPixels(plot: Plot, scale: ColourScale): HTMLCanvasElement {
  const { width, height, rgba } = rasterOfPixels(plot.pixels, scale);
  const image = document.createElement('canvas');
  image.width = width;
  image.height = height;
  contextOf(image).putImageData(new ImageData(rgba, width, height), 0, 0);
  return image;
}
