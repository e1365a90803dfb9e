/** Pointer, wheel and keys over the matrix: what they mean for the viewport and the cell cursor. */
import {
  cellAt,
  fitViewport,
  panBy,
  reveal,
  zoomAt,
  type Cell,
  type Viewport,
} from '../drawing/viewport';
import type { Layout } from './matrixCanvas';

const ZOOM_STEP = 1.25;
/** Wheel pixels that double the zoom. */
const WHEEL_DOUBLING = 240;
/** As in “why”. */
const EXPLAIN = 'w';
/** A hand is never quite still: less movement than this is a click, not a drag. */
const DRAG_FROM = 3;

interface State {
  readonly layout: Layout;
  readonly viewport: Viewport;
  readonly cursor: Cell | null;
}

export interface GestureTarget {
  /** Null while nothing is drawn. */
  state(): State | null;
  look(viewport: Viewport): void;
  point(cell: Cell | null): void;
  /** Chooses what the cursor is on. */
  choose(): void;
  /** Asks why the cell under the cursor is what it is; left out: nothing to tell. */
  explain?(): void;
}

function cellUnder(event: MouseEvent, { layout, viewport }: State): Cell | null {
  return cellAt(viewport, layout.frame, event.offsetX - layout.left, event.offsetY - layout.top);
}

/** Where an arrow key takes the cursor; undefined for other keys. */
function destination(key: string, { layout, cursor }: State): Cell | undefined {
  const { rows, columns } = layout.frame;
  // The first arrow key enters the matrix at its first cell.
  if (cursor === null) return key.startsWith('Arrow') ? { row: 0, column: 0 } : undefined;
  const { row, column } = cursor;
  const moves: Record<string, Cell> = {
    ArrowRight: { row, column: Math.min(columns - 1, column + 1) },
    ArrowLeft: { row, column: Math.max(0, column - 1) },
    ArrowDown: { row: Math.min(rows - 1, row + 1), column },
    ArrowUp: { row: Math.max(0, row - 1), column },
    Home: { row, column: 0 },
    End: { row, column: columns - 1 },
  };
  return moves[key];
}

/** Zooming by keys has no pointer to hold on to: the middle of the plot stays. */
function zoomedByKey(key: string, { layout, viewport }: State): Viewport | null {
  const { frame } = layout;
  const by = (factor: number): Viewport =>
    zoomAt(viewport, frame, factor, frame.width / 2, frame.height / 2);
  if (key === '+' || key === '=') return by(ZOOM_STEP);
  if (key === '-') return by(1 / ZOOM_STEP);
  return key === '0' ? fitViewport(frame) : null;
}

export function followGestures(canvas: HTMLCanvasElement, target: GestureTarget): void {
  let drag: { x: number; y: number; moved: boolean } | null = null;
  const on = <K extends keyof HTMLElementEventMap>(
    name: K,
    act: (event: HTMLElementEventMap[K], state: State) => void,
  ): void =>
    canvas.addEventListener(
      name,
      (event) => {
        const state = target.state();
        if (state !== null) act(event, state);
      },
      // Ctrl+wheel must not zoom the whole window.
      { passive: false },
    );

  on('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    drag = { x: event.offsetX, y: event.offsetY, moved: false };
  });
  on('pointermove', (event, state) => {
    if (drag === null) {
      target.point(cellUnder(event, state));
      return;
    }
    const [dx, dy] = [event.offsetX - drag.x, event.offsetY - drag.y];
    if (!drag.moved && Math.hypot(dx, dy) <= DRAG_FROM) return;
    drag = { x: event.offsetX, y: event.offsetY, moved: true };
    target.look(panBy(state.viewport, state.layout.frame, dx, dy));
  });
  on('pointerup', (event, state) => {
    const moved = drag?.moved ?? false;
    drag = null;
    if (moved) return;
    target.point(cellUnder(event, state));
    target.choose();
  });
  on('pointercancel', () => (drag = null));
  on('pointerleave', () => target.point(null));
  on('blur', () => target.point(null));
  // The plain wheel scrolls the page, as everywhere; with Ctrl, or a pinch, it zooms.
  on('wheel', (event, { layout, viewport }) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const factor = 2 ** (-event.deltaY / WHEEL_DOUBLING);
    const [x, y] = [event.offsetX - layout.left, event.offsetY - layout.top];
    target.look(zoomAt(viewport, layout.frame, factor, x, y));
  });
  on('keydown', (event, state) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const cell = destination(event.key, state);
    const zoomed = zoomedByKey(event.key, state);
    if (cell !== undefined) {
      target.look(reveal(state.viewport, state.layout.frame, cell));
      target.point(cell);
    } else if (zoomed !== null) target.look(zoomed);
    else if (event.key === 'Enter' || event.key === ' ') target.choose();
    else if (event.key === EXPLAIN && target.explain !== undefined) target.explain();
    else return;
    event.preventDefault();
  });
}
