/**
 * A matrix on a canvas that can be zoomed, dragged and pointed at, with pointer or arrow keys; what
 * the cell under the cursor says stands beside it, and is read to those who do not see it.
 */
import type { ColourScale } from '../../src/palette/weightScale';
import {
  clampViewport,
  fitViewport,
  isZoomed,
  type Cell,
  type Viewport,
} from '../drawing/viewport';
import { element, setAttribute, setText, show } from '../parts/element';
import type { Theme } from '../parts/theme';
import { MatrixCanvas, type AxisNames, type Layout, type Plot, type Size } from './matrixCanvas';
import { followGestures } from './matrixGestures';

/** What is to be seen; the same objects mean that nothing changed. */
export interface MapPicture {
  readonly plot: Plot;
  readonly scale: ColourScale;
  readonly theme: Theme;
  readonly names: AxisNames;
  /** Of the whole, for those who do not see it. */
  readonly label: string;
  /** Chosen row or column. */
  readonly row: number | null;
  readonly column: number | null;
}

export interface MapReader {
  /** Words about a cell; not `settled` while its numbers are on their way. Null: nothing to say. */
  describe(cell: Cell): { readonly words: string; readonly settled: boolean } | null;
  choose(cell: Cell): void;
  /** A key asks why it has its weight. */
  explain?(): void;
  /** The cursor has moved. */
  pointed?(cell: Cell | null): void;
}

const outside = (cell: Cell, { rows, columns }: Layout['frame']): boolean =>
  cell.row >= rows || cell.column >= columns;

export class PointedMap {
  readonly root: HTMLElement;
  private readonly canvas: HTMLCanvasElement;
  private readonly painter: MatrixCanvas;
  private readonly tip = element('div', {
    class: 'tip',
    attributes: { 'aria-hidden': 'true', hidden: true },
  });
  private readonly readout: HTMLElement;
  private picture: MapPicture | null = null;
  private layout: Layout | null = null;
  private viewport: Viewport | null = null;
  private shape = '';
  private width = 0;
  /** What is on the canvas: nothing is drawn twice. */
  private drawn: readonly unknown[] = [];
  private cursor: Cell | null = null;
  /** The cursor follows another map's, where the words stand already. */
  private mirrors = false;

  /** @param name of this map among those of the page, for ids and styles */
  constructor(
    name: string,
    private readonly reader: MapReader,
    size?: Size,
  ) {
    this.canvas = element('canvas', {
      class: `map ${name}`,
      attributes: { tabindex: 0, role: 'application', 'aria-describedby': `${name}-readout` },
    });
    followGestures(this.canvas, {
      state: () =>
        this.layout === null || this.viewport === null
          ? null
          : { layout: this.layout, viewport: this.viewport, cursor: this.cursor },
      look: (viewport) => {
        this.viewport = viewport;
        this.redraw();
      },
      point: (cell) => this.point(cell),
      choose: () => {
        if (this.cursor !== null) this.reader.choose(this.cursor);
      },
      explain: () => this.reader.explain?.(),
    });
    this.painter = new MatrixCanvas(this.canvas, size);
    this.readout = element('span', {
      class: 'hidden-visually',
      attributes: { id: `${name}-readout`, role: 'status' },
    });
    this.root = element(
      'div',
      { class: 'map-room' },
      element('div', { class: 'stage' }, this.canvas, this.tip),
      this.readout,
    );
    // The width is told, not asked: asking in the middle of an update makes the browser lay out.
    new ResizeObserver(([entry]) => {
      this.width = entry?.contentRect.width ?? 0;
      this.redraw();
    }).observe(this.root);
  }

  /** The cell under the cursor, in rows and columns of the plot. */
  get cell(): Cell | null {
    return this.cursor;
  }

  show(picture: MapPicture | null): void {
    this.picture = picture;
    if (picture === null) {
      this.cursor = null;
      return;
    }
    setAttribute(this.canvas, 'aria-label', picture.label);
    this.redraw();
  }

  /** Marks the cell that another map's cursor is on. */
  mirror(cell: Cell | null): void {
    this.mirrors = true;
    this.cursor = cell;
    this.redraw();
  }

  private point(cell: Cell | null): void {
    const same = cell?.row === this.cursor?.row && cell?.column === this.cursor?.column;
    if (same && !this.mirrors) return;
    this.mirrors = false;
    this.cursor = cell;
    this.redraw();
    this.reader.pointed?.(cell);
  }

  redraw(): void {
    const { picture, width } = this;
    if (picture === null || width === 0) return;
    const { plot, scale, theme, names, row, column } = picture;
    this.layout = this.painter.layout(plot, width, theme);
    const { frame } = this.layout;
    const shape = `${frame.rows}×${frame.columns}`;
    this.viewport =
      this.viewport === null || shape !== this.shape
        ? fitViewport(frame)
        : clampViewport(this.viewport, frame);
    this.shape = shape;
    if (this.cursor !== null && outside(this.cursor, frame)) this.cursor = null;
    this.canvas.classList.toggle('zoomed', isZoomed(this.viewport, frame));
    const ratio = window.devicePixelRatio;
    const drawn = [plot, scale, theme, width, ratio, this.viewport, row, column, this.cursor];
    if (drawn.some((part, i) => part !== this.drawn[i])) {
      this.drawn = drawn;
      const marks = { row, column, cell: this.cursor };
      this.painter.draw(plot, this.layout, this.viewport, marks, names, scale, theme);
    }
    this.tell(this.layout, this.viewport);
  }

  /** Beside the cursor and for screen readers. */
  private tell(layout: Layout, viewport: Viewport): void {
    const { cursor } = this;
    const said = cursor === null || this.mirrors ? null : this.reader.describe(cursor);
    show(this.tip, said !== null);
    if (cursor === null || said === null) {
      setText(this.readout, '');
      return;
    }
    setText(this.tip, said.words);
    if (said.settled) setText(this.readout, said.words);
    const x = layout.left + (cursor.column + 1 - viewport.left) * viewport.cell;
    const y = layout.top + (cursor.row + 1 - viewport.top) * viewport.cell;
    // Keep the tip inside the panel: to the left of the cell where there is no room to its right.
    const room = this.root.clientWidth - this.tip.offsetWidth - 4;
    this.tip.style.setProperty('left', `${Math.max(0, Math.min(x + 6, room))}px`);
    this.tip.style.setProperty('top', `${y + 6}px`);
  }
}
