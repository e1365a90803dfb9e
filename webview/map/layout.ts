/** Where everything of the map stands. Pure. */
import type { ModelSummary } from '../../src/protocol/trace';
import type { Half } from '../../src/protocol/address';
import { isOfHead, type HalfBoxes, type MapBox } from './boxes';
import { blockLayout } from './blockLayout';
import { Column, LOW, TALL, type Note, type Placed, type Wire } from './column';

export interface Frame {
  readonly half: Half;
  readonly layers: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Left edge of the rail of layers, its width, and where N× stands. */
  readonly rail: { readonly x: number; readonly width: number };
}

export interface MapLayout {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly placed: readonly Placed[];
  readonly wires: readonly Wire[];
  readonly notes: readonly Note[];
  readonly frames: readonly Frame[];
  /** Where the token of each stack comes in: middle of the foot. */
  readonly inputs: Readonly<Partial<Record<Half, { readonly x: number; readonly y: number }>>>;
}

/** Two stacks fit side by side into a panel of 480 px. */
const NARROW = 214;
const GAP = 26;
/** One stack alone has room for longer words. */
const WIDE = 316;
/** What the two lines of words at the foot take. */
const FOOT = 40;
const STEP = 14;
/** Room above a frame: for the frames behind it, and for the stream's shape. */
const BEHIND = 6;
const ABOVE = 20;
const RAIL_WIDTH = 12;
const MARGIN = 4;
const TALL_KINDS: ReadonlySet<MapBox['kind']> = new Set([
  'transform',
  'outProjection',
  'linear',
  'choice',
]);

export function mapLayout(halves: readonly HalfBoxes[], model: ModelSummary): MapLayout {
  const two = halves.length > 1;
  const columns = halves.map((boxes, index) => {
    const column = new Column({
      half: boxes.half,
      x: index * (NARROW + GAP),
      width: two ? NARROW : WIDE,
      outer: index === 0 ? 'left' : 'right',
    });
    const frame = fill(column, boxes, model);
    return { column, boxes, frame };
  });
  const [encoder, decoder] = columns;
  if (encoder !== undefined && decoder !== undefined) link(encoder.column, decoder.column);
  const top = Math.min(...columns.map(({ column }) => column.top)) - MARGIN;
  return {
    left: 0,
    top,
    width: two ? 2 * NARROW + GAP : WIDE,
    height: MARGIN - top,
    placed: columns.flatMap(({ column }) => column.placed),
    wires: columns.flatMap(({ column }) => column.wires),
    notes: columns.flatMap(({ column }) => column.notes),
    frames: columns.map(({ frame }) => frame),
    inputs: Object.fromEntries(
      columns.map(({ column, boxes }) => [boxes.half, { x: column.centre, y: 0 }]),
    ),
  };
}

function fill(
  column: Column,
  { before, block, after, half }: HalfBoxes,
  model: ModelSummary,
): Frame {
  column.top = -FOOT;
  embeddings(column, before);
  column.noteShape(column.top - STEP / 2);
  column.rise(STEP + 4, false);
  const bottom = column.top;
  blockLayout(column, block, model);
  const frameTop = column.top;
  column.noteShape(column.top - ABOVE / 2 - BEHIND / 2);
  for (const box of after) {
    column.inHead ||= isOfHead(box);
    column.rise(box === after[0] ? ABOVE + BEHIND : STEP, true);
    column.put(box, TALL_KINDS.has(box.kind) ? TALL : LOW);
    column.inAfter = true;
  }
  const { place } = column;
  return {
    half,
    layers: model.layers[half],
    x: column.frameLeft,
    y: frameTop,
    width: column.frameWidth,
    height: bottom - frameTop,
    rail: {
      x: place.outer === 'left' ? place.x : place.x + place.width - RAIL_WIDTH,
      width: RAIL_WIDTH,
    },
  };
}

/** What is added at the foot stands beside the line, outside. */
function embeddings(column: Column, boxes: readonly MapBox[]): void {
  const sides = boxes.filter(({ kind }) => kind === 'types' || kind === 'positions');
  // Two are added one above the other, at one sum.
  const room = sides.length > 1 ? LOW / 2 + 1 : 0;
  for (const box of boxes) {
    if (sides.includes(box)) continue;
    const isSum = box.kind === 'embeddingSum';
    column.rise(STEP + (isSum ? room : 0), true);
    if (!isSum) {
      column.put(box, box.kind === 'tokens' ? TALL : LOW);
      continue;
    }
    const sum = column.circle(box);
    const middle = sum.y + sum.height / 2;
    const { top } = column;
    const left = column.place.outer === 'left';
    const width = column.boxWidth / 2 + 6;
    const x = left ? column.place.x : column.place.x + column.place.width - width;
    sides.forEach((side, i) => {
      const y = middle + (i - (sides.length - 1) / 2) * (LOW + 6);
      column.top = y + LOW / 2;
      column.putAt(side, x, width, LOW);
      const edge = left ? x + width : x;
      const end = left ? sum.x : sum.x + sum.width;
      const turn = (edge + end) / 2;
      column.wire('side', `M${edge} ${y}H${turn}V${middle}H${end}`);
    });
    column.top = top;
    if (room > 0) column.rise(room, false);
  }
}

/** The encoder's output goes to the keys and values of every cross-attention. */
function link(encoder: Column, decoder: Column): void {
  const cross = decoder.placed.find(({ box }) => box.kind === 'cross');
  if (cross === undefined) return;
  const gap = encoder.place.x + encoder.place.width + GAP / 2;
  const start = encoder.top;
  const up = start - (encoder.inAfter ? STEP : ABOVE + BEHIND);
  const foot = cross.y + cross.height;
  const turn = foot + 11;
  for (const share of [0.2, 0.5])
    encoder.wire(
      'link',
      `M${encoder.centre} ${start}V${up}H${gap}V${turn}H${cross.x + share * cross.width}V${foot}`,
    );
  encoder.top = up;
  decoder.note('K', cross.x + 0.2 * cross.width + 4, foot + 8);
  decoder.note('V', cross.x + 0.5 * cross.width + 4, foot + 8);
  decoder.note('Q', cross.x + 0.8 * cross.width + 4, foot + 8);
}
