/** Which tokens the rows and columns of a matrix picture stand for. Pure. */
import type { MatrixAddress } from '../../src/protocol/address';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import type { Side } from '../../src/protocol/queries';
import type { Picture } from '../../src/protocol/wireTensor';
import { keepPixels, pixelsOf, type Pixels } from '../drawing/raster';
import { visibleLabel } from '../../src/navigation/labels';
import { keySide, querySide, tokensOf } from '../../src/navigation/traceState';

/** One axis: display index → token. Where pixels are pooled, several tokens share a pixel. */
export interface Axis {
  readonly side: Side;
  /** Token indices, in order. */
  readonly tokens: readonly number[];
  readonly labels: readonly string[];
}

export interface Drawing {
  readonly queries: Axis;
  readonly keys: Axis;
  readonly pixels: Pixels;
  /** The weight of the strongest colour. */
  readonly maximum: number;
  readonly pooled: boolean;
}

function axisOf(snapshot: TraceSnapshot, side: Side, count: number, hideSpecials: boolean): Axis {
  const tokens = tokensOf(snapshot, side);
  const shown = tokens
    .slice(0, count)
    .flatMap(({ special }, index) => (hideSpecials && special ? [] : [index]));
  return {
    side,
    tokens: shown,
    labels: shown.map((index) => {
      const token = tokens[index];
      return token === undefined ? '' : visibleLabel(token);
    }),
  };
}

/** Drops the pixels of hidden tokens, unless pooling has merged them with others. */
export function drawingOf(
  snapshot: TraceSnapshot,
  picture: Picture,
  address: MatrixAddress,
): Drawing {
  const { stack, hideSpecials } = address;
  const pooled = picture.rows < picture.queries || picture.columns < picture.keys;
  const hide = hideSpecials && !pooled;
  const queries = axisOf(snapshot, querySide(stack), picture.queries, hide);
  const keys = axisOf(snapshot, keySide(stack), picture.keys, hide);
  const pixels = pixelsOf(picture, 0);
  return {
    queries,
    keys,
    pixels: hide ? keepPixels(pixels, queries.tokens, keys.tokens) : pixels,
    maximum: picture.maxima[0] ?? 0,
    pooled,
  };
}
