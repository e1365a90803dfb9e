/** Which tokens the rows and columns of a matrix picture stand for. Pure. */
import type { MatrixAddress, Side, Unit } from '../../src/protocol/address';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import type { Picture } from '../../src/protocol/wireTensor';
import { keepPixels, pixelsOf, type Pixels } from '../drawing/raster';
import { sightsOf, type Sight } from '../../src/navigation/causality';
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
  /** Of each row the columns that it sees; absent where all is seen, or pixels are pooled. */
  readonly seen?: readonly Sight[];
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

/** What each query sees, counted in the keys that are shown; they come in the order of the text. */
const seenColumns = (queries: Axis, keys: Axis, sightAt: (query: number) => Sight): Sight[] =>
  queries.tokens.map((query) => {
    const { first, last } = sightAt(query);
    const seen = keys.tokens.filter((key) => first <= key && key <= last).length;
    const before = keys.tokens.filter((key) => key < first).length;
    return { first: before, last: before + seen - 1 };
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
  const sights = pooled ? null : sightsOf(snapshot, address, 'looksAt');
  return {
    queries,
    keys,
    pixels: hide ? keepPixels(pixels, queries.tokens, keys.tokens) : pixels,
    maximum: picture.maxima[0] ?? 0,
    pooled,
    ...(sights === null ? {} : { seen: seenColumns(queries, keys, sights) }),
  };
}
