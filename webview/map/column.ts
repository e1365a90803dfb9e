/**
 * Draws one stack from below upwards, as figure 1 does: lines are laid as the boxes are put on each
 * other. Coordinates are CSS pixels, y grows downwards and is 0 at the bottom of the drawing. Pure.
 */
import type { Half } from '../../src/protocol/address';
import type { MapBox } from './boxes';

export interface Placed {
  readonly box: MapBox;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** `strip`: joined to the box of attention; `circle`: a plain sum. */
  readonly shape: 'box' | 'strip' | 'circle';
}

export interface Wire {
  readonly path: string;
  readonly half: Half;
  /** `link`: from the encoder's output to cross-attention. */
  readonly part: 'stream' | 'residual' | 'side' | 'link';
  readonly arrow: boolean;
  /** It leads to the model's answer. */
  readonly toHead: boolean;
}

/** A few words beside a line. */
export interface Note {
  readonly x: number;
  readonly y: number;
  /** Null: the stream's shape, which grows with what is written. */
  readonly text: string | null;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly half: Half;
}

/** Where a column stands. */
export interface ColumnPlace {
  readonly half: Half;
  readonly x: number;
  readonly width: number;
  /** Where residual lines and the rail of layers are. */
  readonly outer: 'left' | 'right';
}

const RAIL = 24;
const BYPASS = 13;
const INSET = 8;
export const TALL = 38;
export const LOW = 24;
export const STRIP = 17;
const RADIUS = 9;
const CORNER = 5;
const BESIDE = 6;

export class Column {
  readonly placed: Placed[] = [];
  readonly wires: Wire[] = [];
  readonly notes: Note[] = [];
  /** Top of what is drawn so far. */
  top = 0;
  /** Something stands above the blocks. */
  inAfter = false;
  /** What is drawn from now on leads to the answer. */
  inHead = false;

  constructor(readonly place: ColumnPlace) {}

  get frameLeft(): number {
    const { x, outer } = this.place;
    return outer === 'left' ? x + RAIL : x;
  }

  get frameWidth(): number {
    return this.place.width - RAIL;
  }

  get boxWidth(): number {
    return this.frameWidth - INSET - 2 * BYPASS;
  }

  get boxLeft(): number {
    return this.place.outer === 'left' ? this.frameLeft + 2 * BYPASS : this.frameLeft + INSET;
  }

  /** The stream's line. */
  get centre(): number {
    return this.boxLeft + this.boxWidth / 2;
  }

  /** The residual's line. */
  get bypass(): number {
    const { frameLeft, frameWidth } = this;
    return this.place.outer === 'left' ? frameLeft + BYPASS : frameLeft + frameWidth - BYPASS;
  }

  wire(part: Wire['part'], path: string, arrow = true): void {
    this.wires.push({ path, half: this.place.half, part, arrow, toHead: this.inHead });
  }

  note(text: string, x: number, y: number): void {
    this.notes.push({ text, x, y, anchor: 'start', half: this.place.half });
  }

  /** The stream's shape beside its line, on the side where nothing else stands. */
  noteShape(y: number): void {
    const { outer, half } = this.place;
    const left = outer === 'right';
    const x = this.centre + (left ? -BESIDE : BESIDE);
    this.notes.push({ text: null, x, y, anchor: left ? 'end' : 'start', half });
  }

  /** The stream goes on upwards. */
  rise(by: number, arrow: boolean): void {
    this.wire('stream', `M${this.centre} ${this.top}V${this.top - by}`, arrow);
    this.top -= by;
  }

  /** A box on the stream's line; the line has come to its foot. */
  put(box: MapBox, height: number, shape: Placed['shape'] = 'box'): Placed {
    return this.putAt(box, this.boxLeft, this.boxWidth, height, shape);
  }

  putAt(
    box: MapBox,
    x: number,
    width: number,
    height: number,
    shape: Placed['shape'] = 'box',
  ): Placed {
    const placed = { box, x, y: this.top - height, width, height, shape };
    this.placed.push(placed);
    this.top = placed.y;
    return placed;
  }

  /** ⊕ on the stream's line. */
  circle(box: MapBox): Placed {
    return this.putAt(box, this.centre - RADIUS, 2 * RADIUS, 2 * RADIUS, 'circle');
  }

  /** The residual line from a height on the stream's line to the side of what adds it. */
  around(from: number, to: Placed): void {
    const { bypass, centre } = this;
    const side = bypass < centre ? -1 : 1;
    const end = side < 0 ? to.x : to.x + to.width;
    const middle = to.y + to.height / 2;
    this.wire(
      'residual',
      `M${centre} ${from}H${bypass - side * CORNER}Q${bypass} ${from} ${bypass} ${from - CORNER}` +
        `V${middle + CORNER}Q${bypass} ${middle} ${bypass - side * CORNER} ${middle}H${end}`,
    );
  }

  /** Queries, keys and values: three arrows from the stream's line into a box. */
  fan(height: number): void {
    const { centre, boxLeft, boxWidth, top } = this;
    const split = top - height / 2;
    const foot = top - height;
    for (const share of [0.2, 0.8])
      this.wire('stream', `M${centre} ${split}H${boxLeft + share * boxWidth}V${foot}`);
    this.rise(height, true);
  }

  /** Queries from this stream; keys and values come from the other side. */
  crossFan(height: number): void {
    const { centre, boxLeft, boxWidth, top, place } = this;
    const share = place.outer === 'right' ? 0.8 : 0.2;
    this.wire(
      'stream',
      `M${centre} ${top}V${top - height * 0.3}H${boxLeft + share * boxWidth}V${top - height}`,
    );
    this.top -= height;
  }
}
