/**
 * The chosen head as a large matrix: zoom and drag, a cell cursor for pointer and arrow keys, and
 * the exact number under it.
 */
import type { Translate } from '../../src/language/translate';
import type { MatrixAddress } from '../../src/protocol/address';
import type { Picture } from '../../src/protocol/wireTensor';
import {
  clampViewport,
  fitViewport,
  isZoomed,
  type Cell,
  type Viewport,
} from '../drawing/viewport';
import { drawingOf, type Drawing } from './axes';
import { element, setAttribute, setText, show } from './element';
import { ExactRows } from './exactRows';
import { Legend } from './legend';
import { MatrixCanvas, type Layout } from './matrixCanvas';
import { followGestures } from './matrixGestures';
import { fourDecimals, shortName } from './names';
import { chosenSide, matrixAddress } from './navigationRules';
import { describeWaiting } from './waiting';
import type { Commands, Part, View } from './view';

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
  private drawnFrom: Picture | null = null;
  private layout: Layout | null = null;
  private viewport: Viewport | null = null;
  private shape = '';
  private width = 0;
  /** What is on the canvas: nothing is drawn twice. */
  private drawn: readonly unknown[] = [];
  private cursor: Cell | null = null;

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
    });
    followGestures(this.canvas, {
      state: () =>
        this.layout === null || this.viewport === null
          ? null
          : { layout: this.layout, viewport: this.viewport, cursor: this.cursor },
      look: (viewport) => this.look(viewport),
      point: (cell) => this.point(cell),
      choose: () => this.chooseCell(),
    });
    this.painter = new MatrixCanvas(this.canvas);
    this.tip = element('div', {
      class: 'tip',
      attributes: { 'aria-hidden': 'true', hidden: true },
    });
    this.readout = element('span', {
      class: 'hidden-visually',
      attributes: { id: 'matrix-readout', role: 'status' },
    });
    this.waiting = element('p', { class: 'waiting' });
    this.hint = element(
      'span',
      { class: 'hint' },
      t('Arrow keys move, Enter chooses, + and − zoom, 0 fits; Ctrl+wheel zooms, drag moves.'),
    );
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
    // The width is told, not asked: asking in the middle of an update makes the browser lay out.
    new ResizeObserver(([entry]) => {
      this.width = entry?.contentRect.width ?? 0;
      this.redraw();
    }).observe(this.root);
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
    const { maximum, pooled } = this.draw(view, answer, answered);
    this.legend.update(
      view.theme[view.navigation.direction],
      '0',
      maximum.toFixed(2),
      this.t('√ scale of this matrix'),
    );
    setText(
      this.pooling,
      this.t(
        '{queries} × {keys} weights shown at {rows} × {columns} pixels: each pixel is the largest weight it covers.',
        {
          queries: answer.queries,
          keys: answer.keys,
          rows: answer.rows,
          columns: answer.columns,
        },
      ),
    );
    show(this.pooling, pooled);
    setAttribute(
      this.canvas,
      'aria-label',
      this.t(
        'Attention matrix {name}: {queries} queries by {keys} keys, largest weight {maximum}',
        {
          name: shortName(view.navigation, this.t),
          queries: answer.queries,
          keys: answer.keys,
          maximum: maximum.toFixed(2),
        },
      ),
    );
    this.redraw();
  }

  /** The drawing of an answer, made once: its bitmap and the labels' widths hang on it. */
  private draw(view: View, answer: Picture, answered: MatrixAddress): Drawing {
    if (this.drawing === null || this.drawnFrom !== answer) {
      this.drawnFrom = answer;
      // While output is written rows grow longer: those kept belong to the matrix before.
      this.rows.reset();
      this.drawing = drawingOf(view.snapshot, answer, answered);
    }
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
    const { view, drawing, width } = this;
    if (view === null || drawing === null || width === 0) return;
    this.layout = this.painter.layout(drawing, width, view.theme);
    const { frame } = this.layout;
    const shape = `${frame.rows}×${frame.columns}`;
    this.viewport =
      this.viewport === null || shape !== this.shape
        ? fitViewport(frame)
        : clampViewport(this.viewport, frame);
    this.shape = shape;
    if (
      this.cursor !== null &&
      (this.cursor.row >= frame.rows || this.cursor.column >= frame.columns)
    )
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
    const ratio = window.devicePixelRatio;
    const drawn = [drawing, width, ratio, this.viewport, mark, this.cursor, direction, view.theme];
    if (drawn.some((part, i) => part !== this.drawn[i])) {
      this.drawn = drawn;
      const names = { queries: this.t('queries ↓'), keys: this.t('keys →') };
      this.painter.draw(
        drawing,
        this.layout,
        this.viewport,
        marks,
        names,
        view.theme[direction],
        view.theme,
      );
    }
    this.tell();
  }

  /** Query → key and the exact weight, beside the cursor and for screen readers. */
  private tell(): void {
    const { view, drawing, layout, viewport, cell, cursor } = this;
    show(this.tip, cell !== null);
    if (
      cell === null ||
      cursor === null ||
      view === null ||
      drawing === null ||
      layout === null ||
      viewport === null
    ) {
      setText(this.readout, '');
      return;
    }
    const weights = this.rows.row(
      view.matrix.answered ?? matrixAddress(view.navigation),
      cell.query,
    );
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

  private point(cell: Cell | null): void {
    if (cell?.row === this.cursor?.row && cell?.column === this.cursor?.column) return;
    this.cursor = cell;
    this.redraw();
  }

  private look(viewport: Viewport): void {
    this.viewport = viewport;
    this.redraw();
  }

  /** Locks the row (or column) of the cell under the cursor. */
  private chooseCell(): void {
    const { view, cell } = this;
    if (view === null || cell === null) return;
    const { stack, direction } = view.navigation;
    const index = direction === 'looksAt' ? cell.query : cell.key;
    this.commands.choose({ side: chosenSide(stack, direction), index }, true);
  }
}
