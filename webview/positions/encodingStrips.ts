/**
 * The positional encodings of one side as strips under its chips. A canvas a chip would be a
 * compositor layer a chip, and 768 of these cost a third of a second a frame; so the positions that
 * arrive together become one image, and each chip shows its own row of it.
 */
import type { ColourScale } from '../../src/palette/weightScale';
import { meanColumns, rasterOfSigned } from '../drawing/raster';
import { contextOf, element } from '../parts/element';
import type { Added } from './positionKind';
import type { Pieces } from './pieces';
import { limitWithin, WAVE_LIMIT } from './valueRange';

/** A chip is about this many pixels wide on a dense screen: more columns than that are not seen. */
const STRIP_COLUMNS = 64;
/** As `.chip-strip` has it: CSS pixels a position. */
const STRIP_HEIGHT = 4;

/** Where a position's strip is found: in which image, how high that is, how far down it lies there. */
export interface Strip {
  readonly url: string;
  readonly height: number;
  readonly top: number;
  readonly kind: Added['kind'];
}

export class EncodingStrips {
  private strips: readonly Strip[] = [];
  private scale: ColourScale | null = null;
  private filling: number | null = null;
  /** The value of the strongest colour: settled with the first positions, so that later ones compare. */
  private limit: number | null = null;
  /** Positions that have been drawn; their image may still be on its way. */
  private drawn = 0;
  private urls: string[] = [];
  /** Images follow each other in the order of their positions. */
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly changed: () => void) {}

  /** By position, as far as there are images. */
  get known(): readonly Strip[] {
    return this.strips;
  }

  /** Draws the positions that have come since; all of them in other colours. */
  update(table: Pieces, kind: Added['kind'], scale: ColourScale): void {
    if (table.filling !== this.filling || scale !== this.scale) {
      this.filling = table.filling;
      this.scale = scale;
      this.limit = kind === 'sinusoidal' ? WAVE_LIMIT : null;
      this.strips = [];
      this.drawn = 0;
      for (const url of this.urls.splice(0)) URL.revokeObjectURL(url);
    }
    const rows = table.count - this.drawn;
    if (rows <= 0) return;
    const values = pooledRows(table, this.drawn, rows);
    this.limit ??= limitWithin(values) || WAVE_LIMIT;
    const image = imageOf(values, rows, this.limit, scale);
    this.drawn = table.count;
    const wanted = (): boolean => this.filling === table.filling && this.scale === scale;
    this.last = this.last.then(async () => {
      const blob = await image;
      if (blob === null || !wanted()) return;
      const url = URL.createObjectURL(blob);
      this.urls.push(url);
      const height = rows * STRIP_HEIGHT;
      const made = Array.from({ length: rows }, (_, i) => ({
        url,
        height,
        top: i * STRIP_HEIGHT,
        kind,
      }));
      this.strips = [...this.strips, ...made];
      this.changed();
    });
  }
}

/** `[position, column]`, in no more columns than are seen. */
function pooledRows(table: Pieces, from: number, rows: number): Float32Array {
  const values = new Float32Array(rows * table.width);
  for (let i = 0; i < rows; i++) values.set(table.row(from + i) ?? [], i * table.width);
  return meanColumns(values, table.width, STRIP_COLUMNS);
}

/** One pixel row a position. */
function imageOf(
  values: Float32Array,
  rows: number,
  limit: number,
  scale: ColourScale,
): Promise<Blob | null> {
  const { width, height, rgba } = rasterOfSigned(values, values.length / rows, limit, scale);
  const canvas = element('canvas', { attributes: { width, height } });
  contextOf(canvas).putImageData(new ImageData(rgba, width, height), 0, 0);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
