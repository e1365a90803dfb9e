/**
 * The chosen head as a large matrix: zoom and drag, a cell cursor for pointer and arrow keys, and
 * the exact number under it.
 */
import type { Translate } from '../../src/language/translate';
import { cellAt, clampViewport, fitViewport, isZoomed, panBy, reveal, zoomAt, type Cell, type Viewport } from '../drawing/viewport';
import { drawingOf, type Drawing } from './axes';
import { element, setAttribute, setText, show } from './element';
import { ExactRows } from './exactRows';
import { Legend, weightNote } from './legend';
import { MatrixCanvas, type Layout } from './matrixCanvas';
import { fourDecimals, shortName } from './names';
import { chosenSide, matrixAddress } from './navigationRules';
import { describeWaiting } from './waiting';
import type { Commands, Part, View } from './view';

const ZOOM_STEP = 1.25;
/** Wheel pixels that double the zoom. */
const WHEEL_DOUBLING = 240;

export class MatrixPanel implements Part {
  readonly root: HTMLElement;
  private readonly canvas: HTMLCanvasElement;
  private readonly painter: MatrixCanvas;
  private readonly tip: HTMLElement;
  private readonly readout: HTMLElement;
  private readonly waiting: HTMLElement;
  private readonly figure: HTMLElement;
  private readonly hint: HTMLElement;
  private readonly pooling: HTMLElement;
  private readonly legend = new Legend();
  private readonly rows: ExactRows;
  private view: View | null = null;
  private drawing: Drawing | null = null;
  private layout: Layout | null = null;
  private viewport: Viewport | null = null;
  private shape = '';
  private cursor: Cell | null = null;
  private drag: { x: number; y: number; moved: boolean } | null = null;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
    showRow: () => void,
  ) {
    this.rows = new ExactRows(
      (question, signal) => commands.ask('row', question, signal),
      () => this.redraw(),
    );
    this.canvas = element('canvas', {
      class: 'matrix',
      attributes: { tabindex: 0, role: 'application', 'aria-describedby': 'matrix-readout' },
      on: {
        pointermove: (event) => this.move(event),
        pointerdown: (event) => this.press(event),
        pointerup: (event) => this.lift(event),
        pointerleave: () => this.point(null),
        keydown: (event) => this.key(event),
        blur: () => this.point(null),
      },
    });
    this.canvas.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    this.painter = new MatrixCanvas(this.canvas);
    this.tip = element('div', { class: 'tip', attributes: { 'aria-hidden': 'true', hidden: true } });
    this.readout = element('span', {
      class: 'hidden-visually',
      attributes: { id: 'matrix-readout', role: 'status' },
    });
    this.waiting = element('p', { class: 'waiting' });
    this.hint = element('span', { class: 'hint' }, t('Arrow keys move, Enter chooses, + and − zoom, 0 fits; Ctrl+wheel zooms, drag moves.'));
    this.pooling = element('p', { class: 'hint' });
    const table = element(
      'button',
      { class: 'link', attributes: { type: 'button' }, on: { click: showRow } },
      t('The same numbers as a table'),
    );
    this.figure = element(
      'div',
      { class: 'figure' },
      element('div', { class: 'figure-head' }, this.legend.root, table),
      this.pooling,
      element('div', { class: 'stage' }, this.canvas, this.tip),
      this.readout,
      this.hint,
    );
    this.root = element('div', { class: 'matrix-panel' }, this.waiting, this.figure);
    new ResizeObserver(() => this.redraw()).observe(this.root);
  }

  update(view: View): void {
    if (this.view?.snapshot.trace !== view.snapshot.trace) {
      this.rows.reset();
      this.cursor = null;
    }
    this.view = view;
    const { answer, answered } = view.matrix;
    const waiting = describeWaiting(view, 'matrix', this.t);
    setText(this.waiting, waiting ?? '');
    show(this.waiting, waiting !== null);
    show(this.figure, answer !== null);
    if (answer === null || answered === null) {
      this.drawing = null;
      return;
    }
    this.figure.classList.toggle('stale', !view.matrix.fresh);
    this.drawing = drawingOf(view.snapshot, answer, answered);
    const { maximum, pooled } = this.drawing;
    this.legend.update(view.theme[view.navigation.direction], '0', maximum.toFixed(2), weightNote(this.t));
    setText(
      this.pooling,
      this.t('{queries} × {keys} weights shown at {rows} × {columns} pixels: each pixel is the largest weight it covers.', {
        queries: answer.queries,
        keys: answer.keys,
        rows: answer.rows,
        columns: answer.columns,
      }),
    );
    show(this.pooling, pooled);
    setAttribute(
      this.canvas,
      'aria-label',
      this.t('Attention matrix {name}: {queries} queries by {keys} keys, largest weight {maximum}', {
        name: shortName(view.navigation, this.t),
        queries: answer.queries,
        keys: answer.keys,
        maximum: maximum.toFixed(2),
      }),
    );
    this.redraw();
  }

  /** The matrix as drawn, for export. */
  get drawn(): Drawing | null {
    return this.drawing;
  }

  /** Query and key under the cursor, as token indices. */
  get cell(): { query: number; key: number } | null {
    if (this.cursor === null || this.drawing === null || this.drawing.pooled) return null;
    const query = this.drawing.queries.tokens[this.cursor.row];
    const key = this.drawing.keys.tokens[this.cursor.column];
    return query === undefined || key === undefined ? null : { query, key };
  }

  private redraw(): void {
    const { view, drawing } = this;
    const width = this.root.clientWidth;
    if (view === null || drawing === null || width === 0) return;
    this.layout = this.painter.layout(drawing, width, view.theme);
    const { frame } = this.layout;
    const shape = `${frame.rows}×${frame.columns}`;
    this.viewport =
      this.viewport === null || shape !== this.shape
        ? fitViewport(frame)
        : clampViewport(this.viewport, frame);
    this.shape = shape;
    if (this.cursor !== null && (this.cursor.row >= frame.rows || this.cursor.column >= frame.columns))
      this.cursor = null;
    const { stack, direction } = view.navigation;
    const token = view.preview ?? view.navigation.token;
    const chosen = token?.side === chosenSide(stack, direction) ? token.index : null;
    const axis = direction === 'looksAt' ? drawing.queries : drawing.keys;
    const at = chosen === null || drawing.pooled ? -1 : axis.tokens.indexOf(chosen);
    const mark = at < 0 ? null : at;
    const marks = {
      row: direction === 'looksAt' ? mark : null,
      column: direction === 'lookedAt' ? mark : null,
      cell: this.cursor,
    };
    this.canvas.classList.toggle('zoomed', isZoomed(this.viewport, frame));
    const names = { queries: this.t('queries ↓'), keys: this.t('keys →') };
    this.painter.draw(drawing, this.layout, this.viewport, marks, names, view.theme[direction], view.theme);
    this.tell();
  }

  /** Query → key and the exact weight, beside the cursor and for screen readers. */
  private tell(): void {
    const { view, drawing, layout, viewport, cell, cursor } = this;
    show(this.tip, cell !== null);
    if (cell === null || cursor === null || view === null || drawing === null || layout === null || viewport === null) {
      setText(this.readout, '');
      return;
    }
    const weights = this.rows.row(view.matrix.answered ?? matrixAddress(view.navigation), cell.query);
    const weight = weights?.[cell.key];
    const words = this.t('{query} → {key}: {weight}', {
      query: drawing.queries.labels[cursor.row] ?? '',
      key: drawing.keys.labels[cursor.column] ?? '',
      weight: weight === undefined ? '…' : fourDecimals(weight),
    });
    setText(this.tip, words);
    if (weight !== undefined) setText(this.readout, words);
    const x = layout.left + (cursor.column + 1 - viewport.left) * viewport.cell;
    const y = layout.top + (cursor.row + 1 - viewport.top) * viewport.cell;
    // Keep the tip inside the panel: to the left of the cell where there is no room to its right.
    const room = this.root.clientWidth - this.tip.offsetWidth - 4;
    this.tip.style.setProperty('left', `${Math.max(0, Math.min(x + 6, room))}px`);
    this.tip.style.setProperty('top', `${y + 6}px`);
  }

  private cellUnder(event: MouseEvent): Cell | null {
    if (this.layout === null || this.viewport === null) return null;
    const { left, top, frame } = this.layout;
    return cellAt(this.viewport, frame, event.offsetX - left, event.offsetY - top);
  }

  private point(cell: Cell | null): void {
    if (cell?.row === this.cursor?.row && cell?.column === this.cursor?.column) return;
    this.cursor = cell;
    this.redraw();
  }

  private move(event: PointerEvent): void {
    if (this.drag !== null && this.layout !== null && this.viewport !== null) {
      const dx = event.offsetX - this.drag.x;
      const dy = event.offsetY - this.drag.y;
      const moved = this.drag.moved || Math.hypot(dx, dy) > 3;
      if (moved) {
        this.viewport = panBy(this.viewport, this.layout.frame, dx, dy);
        this.drag = { x: event.offsetX, y: event.offsetY, moved };
        this.redraw();
      }
      return;
    }
    this.point(this.cellUnder(event));
  }

  private press(event: PointerEvent): void {
    this.canvas.setPointerCapture(event.pointerId);
    this.drag = { x: event.offsetX, y: event.offsetY, moved: false };
  }

  private lift(event: PointerEvent): void {
    const moved = this.drag?.moved ?? false;
    this.drag = null;
    if (moved) return;
    this.point(this.cellUnder(event));
    this.chooseCell();
  }

  /** Locks the row (or column) of the cell under the cursor. */
  private chooseCell(): void {
    const { view, cell } = this;
    if (view === null || cell === null) return;
    const { stack, direction } = view.navigation;
    const index = direction === 'looksAt' ? cell.query : cell.key;
    this.commands.choose({ side: chosenSide(stack, direction), index }, true);
  }

  private zoom(factor: number, x: number, y: number): void {
    if (this.viewport === null || this.layout === null) return;
    this.viewport = zoomAt(this.viewport, this.layout.frame, factor, x, y);
    this.redraw();
  }

  /** The plain wheel scrolls the page, as everywhere; with Ctrl, or a pinch, it zooms. */
  private wheel(event: WheelEvent): void {
    if (!(event.ctrlKey || event.metaKey) || this.layout === null) return;
    event.preventDefault();
    const factor = 2 ** (-event.deltaY / WHEEL_DOUBLING);
    this.zoom(factor, event.offsetX - this.layout.left, event.offsetY - this.layout.top);
  }

  private key(event: KeyboardEvent): void {
    const { layout, viewport } = this;
    if (layout === null || viewport === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const { rows, columns, width, height } = layout.frame;
    const { row, column } = this.cursor ?? { row: 0, column: -1 };
    const moves: Record<string, Cell> = {
      ArrowRight: { row, column: Math.min(columns - 1, column + 1) },
      ArrowLeft: { row, column: Math.max(0, column - 1) },
      ArrowDown: { row: Math.min(rows - 1, row + 1), column: Math.max(0, column) },
      ArrowUp: { row: Math.max(0, row - 1), column: Math.max(0, column) },
      Home: { row, column: 0 },
      End: { row, column: columns - 1 },
    };
    const next = moves[event.key];
    if (next !== undefined) {
      this.viewport = reveal(viewport, layout.frame, next);
      this.point(next);
    } else if (event.key === '+' || event.key === '=') this.zoom(ZOOM_STEP, width / 2, height / 2);
    else if (event.key === '-') this.zoom(1 / ZOOM_STEP, width / 2, height / 2);
    else if (event.key === '0') this.zoom(0, 0, 0);
    else if (event.key === 'Enter' || event.key === ' ') this.chooseCell();
    else return;
    event.preventDefault();
  }
}
