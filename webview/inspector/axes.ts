/** Which tokens the rows and columns of a matrix picture stand for. Pure. */
import type { MatrixAddress, Unit } from '../../src/protocol/address';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import type { Side } from '../../src/protocol/queries';
import type { Picture } from '../../src/protocol/wireTensor';
import { keepPixels, pixelsOf, type Pixels } from '../drawing/raster';
import { isUnseen } from '../../src/navigation/causality';
import { labelAt } from '../../src/navigation/labels';
import { keySide, listedOf, querySide } from '../../src/navigation/traceState';

/** One axis: display index → token. Where pixels are pooled, several tokens share a pixel. */
export interface Axis {
  readonly side: Side;
  /** Indices of tokens (or words), in order. */
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
  /** Of each row the first column that it cannot see; absent where all is seen, or pixels are pooled. */
  readonly seen?: readonly number[];
}

function axisOf(
  snapshot: TraceSnapshot,
  side: Side,
  unit: Unit,
  count: number,
  hideSpecials: boolean,
): Axis {
  const tokens = listedOf(snapshot, side, unit);
  const shown = tokens
    .slice(0, count)
    .flatMap(({ special }, index) => (hideSpecials && special ? [] : [index]));
  return {
    side,
    tokens: shown,
    labels: shown.map((index) => labelAt(tokens, index)),
  };
}

/** Keys come in the order of the text: a row sees those up to its own token. */
const seenColumns = (queries: Axis, keys: Axis): number[] =>
  queries.tokens.map((query) => {
    const first = keys.tokens.findIndex((key) => isUnseen('decoder', query, key));
    return first < 0 ? keys.tokens.length : first;
  });

/** Drops the pixels of hidden tokens, unless pooling has merged them with others. */
export function drawingOf(
  snapshot: TraceSnapshot,
  picture: Picture,
  address: MatrixAddress,
): Drawing {
  const { stack, hideSpecials, unit } = address;
  const pooled = picture.rows < picture.queries || picture.columns < picture.keys;
  const hide = hideSpecials && !pooled;
  const queries = axisOf(snapshot, querySide(snapshot, stack), unit, picture.queries, hide);
  const keys = axisOf(snapshot, keySide(snapshot, stack), unit, picture.keys, hide);
  const pixels = pixelsOf(picture, 0);
  return {
    queries,
    keys,
    pixels: hide ? keepPixels(pixels, queries.tokens, keys.tokens) : pixels,
    maximum: picture.maxima[0] ?? 0,
    pooled,
    ...(stack === 'decoder' && !pooled ? { seen: seenColumns(queries, keys) } : {}),
  };
}
