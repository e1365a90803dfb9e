/** Position × dimension as colours, with the exact value under the pointer or arrow keys. */
import type { Translate } from '../../src/language/translate';
import { rasterOfSigned } from '../drawing/raster';
import { contextOf, element, setAttribute, setText, show } from '../parts/element';
import { Legend } from '../parts/legend';
import { fourDecimals } from '../../src/navigation/names';
import type { PositionTable } from './positionTable';
import type { Theme } from '../parts/theme';

/** Sines and cosines. */
const LIMIT = 1;
/** A map of few positions gets rows this high; one of many is squeezed into MOST_HEIGHT. */
const ROW_HEIGHT = 10;
const MOST_HEIGHT = 360;

export class PositionMap {
  readonly root: HTMLElement;
  private readonly canvas: HTMLCanvasElement;
  private readonly marker: HTMLElement;
  private readonly readout: HTMLElement;
  private readonly legend = new Legend();
  private table: PositionTable | null = null;
  private labels: readonly string[] = [];
  private cursor: { position: number; dimension: number } | null = null;
  private drawn: { table: PositionTable; count: number; scale: Uint8Array; trace: string } | null =
    null;

  constructor(private readonly t: Translate) {
    this.canvas = element('canvas', {
      class: 'position-map',
      attributes: { tabindex: 0, role: 'application', 'aria-describedby': 'map-readout' },
      on: {
        pointermove: (event) => this.point(event),
        pointerleave: () => this.set(null),
        keydown: (event) => this.key(event),
      },
    });
    this.marker = element('div', { class: 'map-marker', attributes: { 'aria-hidden': 'true' } });
    this.readout = element('span', {
      class: 'map-readout',
      attributes: { id: 'map-readout', role: 'status' },
    });
    this.root = element(
      'div',
      { class: 'map' },
      element('div', { class: 'figure-head' }, this.legend.root, this.readout),
      element('div', { class: 'stage' }, this.canvas, this.marker),
    );
  }

  update(
    table: PositionTable,
    labels: readonly string[],
    chosen: number | null,
    theme: Theme,
    trace: string,
  ): void {
    this.table = table;
    this.labels = labels;
    const { count, width } = table;
    this.legend.update(theme.signed, '−1', '1', '');
    setAttribute(
      this.canvas,
      'aria-label',
      this.t('Positional encoding: {count} positions by {width} dimensions', { count, width }),
    );
    const { drawn } = this;
    if (
      count > 0 &&
      (drawn?.table !== table ||
        drawn.count !== count ||
        drawn.scale !== theme.signed ||
        drawn.trace !== trace)
    ) {
      this.drawn = { table, count, scale: theme.signed, trace };
      this.paint(table, theme);
    }
    const height = Math.min(MOST_HEIGHT, count * ROW_HEIGHT);
    this.canvas.style.setProperty('height', `${height}px`);
    show(this.marker, chosen !== null && chosen < count);
    if (chosen !== null && count > 0) {
      this.marker.style.setProperty('top', `${(chosen * height) / count}px`);
      this.marker.style.setProperty('height', `${Math.max(1, height / count)}px`);
    }
    this.tell();
  }

  private paint(table: PositionTable, theme: Theme): void {
    const { count, width } = table;
    const values = new Float32Array(count * width);
    for (let position = 0; position < count; position++) {
      const encoding = table.row(position);
      if (encoding !== null) values.set(encoding, position * width);
    }
    const raster = rasterOfSigned(values, width, LIMIT, theme.signed);
    this.canvas.width = raster.width;
    this.canvas.height = raster.height;
    contextOf(this.canvas).putImageData(
      new ImageData(raster.rgba, raster.width, raster.height),
      0,
      0,
    );
  }

  private point(event: PointerEvent): void {
    if (this.table === null || this.table.count === 0) return;
    const { width, height } = this.canvas.getBoundingClientRect();
    this.set({
      position: Math.min(
        this.table.count - 1,
        Math.max(0, Math.floor((event.offsetY / height) * this.table.count)),
      ),
      dimension: Math.min(
        this.table.width - 1,
        Math.max(0, Math.floor((event.offsetX / width) * this.table.width)),
      ),
    });
  }

  private key(event: KeyboardEvent): void {
    if (this.table === null || this.table.count === 0) return;
    const { position, dimension } = this.cursor ?? { position: 0, dimension: -1 };
    const moves: Record<string, [number, number]> = {
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    this.set({
      position: Math.min(this.table.count - 1, Math.max(0, position + move[0])),
      dimension: Math.min(this.table.width - 1, Math.max(0, dimension + move[1])),
    });
  }

  private set(cursor: { position: number; dimension: number } | null): void {
    this.cursor = cursor;
    this.tell();
  }

  private tell(): void {
    const { cursor, table } = this;
    const value = cursor === null ? undefined : table?.row(cursor.position)?.[cursor.dimension];
    setText(
      this.readout,
      cursor === null || value === undefined
        ? this.t('Rows: positions. Columns: dimensions.')
        : this.t('position {position} (“{token}”), dimension {dimension}: {value}', {
            position: cursor.position,
            token: this.labels[cursor.position] ?? '',
            dimension: cursor.dimension,
            value: fourDecimals(value),
          }),
    );
  }
}
