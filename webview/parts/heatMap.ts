/** A table of signed numbers as colours, with the exact value under the pointer or arrow keys. */
import { rasterOfSigned } from '../drawing/raster';
import { contextOf, element, setAttribute, setText, show } from './element';
import { Legend } from './legend';
import type { Theme } from './theme';

/** A map of few rows gives each this many pixels; one of many is squeezed into MOST_HEIGHT. */
const ROW_HEIGHT = 10;
const MOST_HEIGHT = 360;
/** Pages of the keyboard. */
const PAGE = 16;

export interface HeatMapContent {
  readonly rows: number;
  readonly columns: number;
  /** `[row, column]`, asked for only when it is drawn anew. */
  readonly values: () => Float32Array;
  /** Changes whenever the values do. */
  readonly key: string;
  /** The value of the strongest colours. */
  readonly limit: number;
  readonly low: string;
  readonly high: string;
  readonly note: string;
  /** What the whole picture is. */
  readonly name: string;
  /** While nothing is pointed at. */
  readonly rest: string;
  /** Words for a cell, its number among them. */
  readonly describe: (row: number, column: number) => string;
  /** The row to frame. */
  readonly chosen: number | null;
  /** The column to mark; left out: none. */
  readonly chosenColumn?: number;
  /** Pixels of each row, however many there are; left out: as much as there is room for. */
  readonly rowHeight?: number;
  /** A cell was clicked, or Enter pressed on it. */
  readonly pick?: (row: number, column: number) => void;
  /** What stands at the left and right end, under the picture. */
  readonly ends: readonly [string, string];
}

interface Cell {
  readonly row: number;
  readonly column: number;
}

const clamp = (value: number, count: number): number =>
  Math.min(count - 1, Math.max(0, Math.floor(value)));

const share = (at: number, count: number): string => `${(100 * at) / count}%`;

const line = (kind: 'row' | 'column' | 'chosen'): HTMLElement =>
  element('div', {
    class: `map-line ${kind}`,
    attributes: { 'aria-hidden': 'true', hidden: true },
  });

export class HeatMap {
  readonly root: HTMLElement;
  private readonly canvas: HTMLCanvasElement;
  private readonly marker = element('div', {
    class: 'map-marker',
    attributes: { 'aria-hidden': 'true' },
  });
  private readonly pointer = element('div', {
    class: 'map-cell',
    attributes: { 'aria-hidden': 'true', hidden: true },
  });
  /** Row and column of the cell that is pointed at, from edge to edge. */
  private readonly cross = [line('row'), line('column')] as const;
  private readonly columnMark = line('chosen');
  private readonly readout: HTMLElement;
  private readonly ends = [element('span'), element('span')] as const;
  private readonly legend = new Legend();
  private content: HeatMapContent | null = null;
  private cursor: Cell | null = null;
  private drawn: readonly unknown[] = [];

  /** `id` names the readout, which describes the canvas. */
  constructor(id: string) {
    this.readout = element('span', { class: 'map-readout', attributes: { id, role: 'status' } });
    this.canvas = element('canvas', {
      class: 'position-map',
      attributes: { tabindex: 0, role: 'application', 'aria-describedby': id },
      on: {
        pointermove: (event) => this.point(event),
        pointerleave: () => this.set(null),
        blur: () => this.set(null),
        click: () => this.pick(),
        keydown: (event) => this.key(event),
      },
    });
    this.root = element(
      'div',
      { class: 'heat-map' },
      element('div', { class: 'figure-head' }, this.legend.root, this.readout),
      element(
        'div',
        { class: 'stage' },
        this.canvas,
        this.marker,
        this.columnMark,
        ...this.cross,
        this.pointer,
      ),
      element('div', { class: 'map-ends', attributes: { 'aria-hidden': 'true' } }, ...this.ends),
    );
  }

  update(content: HeatMapContent, theme: Theme): void {
    if (this.content?.key !== content.key) this.cursor = null;
    this.content = content;
    const { rows, columns, chosen } = content;
    this.legend.update(theme.signed, content.low, content.high, content.note);
    setAttribute(this.canvas, 'aria-label', content.name);
    content.ends.forEach((words, i) => setText(this.ends[i]!, words));
    const wanted = [content.key, content.limit, theme.signed];
    if (rows * columns > 0 && wanted.some((part, i) => part !== this.drawn[i])) {
      this.drawn = wanted;
      const raster = rasterOfSigned(content.values(), columns, content.limit, theme.signed);
      this.canvas.width = raster.width;
      this.canvas.height = raster.height;
      const image = new ImageData(raster.rgba, raster.width, raster.height);
      contextOf(this.canvas).putImageData(image, 0, 0);
    }
    const height =
      content.rowHeight === undefined
        ? Math.min(MOST_HEIGHT, rows * ROW_HEIGHT)
        : rows * content.rowHeight;
    this.canvas.style.setProperty('height', `${height}px`);
    show(this.marker, chosen !== null && chosen < rows);
    if (chosen !== null && rows > 0) {
      this.marker.style.setProperty('top', `${(chosen * height) / rows}px`);
      this.marker.style.setProperty('height', `${Math.max(1, height / rows)}px`);
    }
    const { chosenColumn } = content;
    show(this.columnMark, chosenColumn !== undefined && chosenColumn < columns);
    if (chosenColumn !== undefined)
      this.columnMark.style.setProperty('left', share(chosenColumn + 0.5, columns));
    this.tell();
  }

  private pick(): void {
    if (this.cursor !== null) this.content?.pick?.(this.cursor.row, this.cursor.column);
  }

  private point(event: PointerEvent): void {
    if (this.content === null) return;
    const { rows, columns } = this.content;
    const { width, height } = this.canvas.getBoundingClientRect();
    this.set({
      row: clamp((event.offsetY / height) * rows, rows),
      column: clamp((event.offsetX / width) * columns, columns),
    });
  }

  private key(event: KeyboardEvent): void {
    if (this.content === null || event.ctrlKey || event.altKey || event.metaKey) return;
    const { rows, columns } = this.content;
    if (event.key === 'Enter') {
      this.pick();
      return;
    }
    const { row, column } = this.cursor ?? { row: 0, column: -1 };
    const moves: Record<string, Cell> = {
      ArrowRight: { row, column: column + 1 },
      ArrowLeft: { row, column: column - 1 },
      ArrowDown: { row: row + 1, column },
      ArrowUp: { row: row - 1, column },
      PageDown: { row: row + PAGE, column },
      PageUp: { row: row - PAGE, column },
      Home: { row, column: 0 },
      End: { row, column: columns - 1 },
    };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.set({ row: clamp(to.row, rows), column: clamp(to.column, columns) });
  }

  private set(cursor: Cell | null): void {
    this.cursor = cursor;
    this.tell();
  }

  private tell(): void {
    const { content, cursor } = this;
    if (content === null) return;
    setText(
      this.readout,
      cursor === null ? content.rest : content.describe(cursor.row, cursor.column),
    );
    for (const part of [this.pointer, ...this.cross]) show(part, cursor !== null);
    if (cursor === null) return;
    const [row, column] = this.cross;
    row.style.setProperty('top', share(cursor.row + 0.5, content.rows));
    column.style.setProperty('left', share(cursor.column + 0.5, content.columns));
    const { style } = this.pointer;
    style.setProperty('top', share(cursor.row, content.rows));
    style.setProperty('left', share(cursor.column, content.columns));
    style.setProperty('height', share(1, content.rows));
    style.setProperty('width', share(1, content.columns));
  }
}
