/**
 * A vector as a strip of colours. The number under the pointer, or under the arrow keys' cursor, is
 * told; a click or Enter opens what it is made of.
 */
import type { ColourScale } from '../../src/palette/weightScale';
import { rasterOfSigned } from '../drawing/raster';
import { contextOf, element, setAttribute, setText, show } from '../parts/element';

/** Dimensions that Page Up and Page Down pass over. */
const PAGE = 16;
/** More values than this are narrower than a pixel in a narrow panel: there the browser averages. */
const WIDEST_PIXELS = 320;

export interface StripContent {
  readonly name: string;
  /** What the name is short for, for a tooltip and those who do not see the strip. */
  readonly title: string;
  readonly values: Float32Array;
  /** The value of the strongest colours. */
  readonly limit: number;
  /** Words for a value, its number among them. */
  readonly describe: (index: number) => string;
  /** Part that the chosen head's values take, framed. */
  readonly frame?: readonly [from: number, to: number];
}

const short = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(2));

export class ValueStrip {
  readonly root: HTMLElement;
  private readonly name = element('span', { class: 'strip-name', attributes: { dir: 'auto' } });
  private readonly canvas: HTMLCanvasElement;
  private readonly cursorMark = element('div', {
    class: 'strip-cursor',
    attributes: { hidden: true },
  });
  private readonly frameMark = element('div', {
    class: 'strip-frame',
    attributes: { hidden: true },
  });
  private readonly end = element('span', { class: 'strip-end' });
  private content: StripContent | null = null;
  private cursor: number | null = null;
  private drawn: readonly unknown[] = [];

  constructor(
    /** Words about the value under the cursor; null: there is no cursor. */
    private readonly tell: (words: string | null) => void,
    /** Opens what a value is made of; null: it is not a sum. */
    private readonly open: ((index: number) => void) | null,
  ) {
    this.canvas = element('canvas', {
      class: open === null ? 'strip' : 'strip opens',
      attributes: {
        tabindex: 0,
        role: 'slider',
        'aria-orientation': 'horizontal',
        'aria-valuemin': 0,
      },
      on: {
        pointermove: (event) => this.point(this.under(event)),
        pointerleave: () => this.point(null),
        blur: () => this.point(null),
        focus: () => this.point(this.cursor ?? 0),
        click: (event) => this.open?.(this.under(event)),
        keydown: (event) => this.key(event),
      },
    });
    this.root = element(
      'div',
      { class: 'strip-row' },
      this.name,
      element('div', { class: 'strip-room' }, this.canvas, this.frameMark, this.cursorMark),
      this.end,
    );
  }

  update(content: StripContent, scale: ColourScale): void {
    const { name, title, values, limit, frame } = content;
    this.content = content;
    setText(this.name, name);
    setAttribute(this.name, 'title', title);
    setText(this.end, `±${short(limit)}`);
    setAttribute(this.canvas, 'aria-label', title);
    setAttribute(this.canvas, 'aria-valuemax', Math.max(0, values.length - 1));
    setAttribute(this.canvas, 'aria-valuenow', this.cursor ?? 0);
    setAttribute(this.canvas, 'aria-valuetext', content.describe(this.cursor ?? 0));
    show(this.frameMark, frame !== undefined);
    if (frame !== undefined) this.place(this.frameMark, frame[0], frame[1]);
    const wanted = [values, limit, scale];
    if (values.length === 0 || wanted.every((part, i) => part === this.drawn[i])) return;
    this.drawn = wanted;
    const { width, height, rgba } = rasterOfSigned(values, values.length, limit, scale);
    this.canvas.width = width;
    this.canvas.height = height;
    this.canvas.classList.toggle('dense', width > WIDEST_PIXELS);
    contextOf(this.canvas).putImageData(new ImageData(rgba, width, height), 0, 0);
  }

  private under(event: MouseEvent): number {
    const count = this.content?.values.length ?? 1;
    const share = event.offsetX / this.canvas.getBoundingClientRect().width;
    return Math.min(count - 1, Math.max(0, Math.floor(share * count)));
  }

  private key(event: KeyboardEvent): void {
    if (this.content === null || event.ctrlKey || event.altKey || event.metaKey) return;
    const last = this.content.values.length - 1;
    const at = this.cursor ?? 0;
    const moves: Record<string, number> = {
      ArrowRight: at + 1,
      ArrowUp: at + 1,
      ArrowLeft: at - 1,
      ArrowDown: at - 1,
      PageUp: at + PAGE,
      PageDown: at - PAGE,
      Home: 0,
      End: last,
    };
    const to = moves[event.key];
    if (to !== undefined) this.point(Math.min(last, Math.max(0, to)));
    else if (event.key === 'Enter' || event.key === ' ') this.open?.(at);
    else return;
    event.preventDefault();
  }

  private point(index: number | null): void {
    const { content } = this;
    this.cursor = index;
    show(this.cursorMark, index !== null);
    if (index !== null) this.place(this.cursorMark, index, index + 1);
    const words = index === null || content === null ? null : content.describe(index);
    if (index !== null) {
      setAttribute(this.canvas, 'aria-valuenow', index);
      setAttribute(this.canvas, 'aria-valuetext', words);
    }
    this.tell(words);
  }

  private place(mark: HTMLElement, from: number, to: number): void {
    const count = Math.max(1, this.content?.values.length ?? 1);
    mark.style.setProperty('left', `${(100 * from) / count}%`);
    mark.style.setProperty('width', `${(100 * (to - from)) / count}%`);
  }
}
