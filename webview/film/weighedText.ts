/** A text as its tokens, each in the colour of its weight with the number under it: a row to be read. */
import type { Translate } from '../../src/language/translate';
import { labelAt } from '../../src/navigation/labels';
import { fourDecimals, twoDecimals } from '../../src/navigation/names';
import { textOn } from '../../src/palette/contrast';
import { stepOf } from '../../src/palette/weightCoding';
import { colourAt, cssColour, type ColourScale } from '../../src/palette/weightScale';
import type { Token } from '../../src/protocol/trace';
import type { FlowItem } from '../drawing/tokenFlow';
import { flowElement } from '../inspector/flowElement';
import { element, setAttribute, show } from '../parts/element';

export interface WeighedContent {
  readonly tokens: readonly Token[];
  /** How they lie as a text; the very same one while the tokens are the same. */
  readonly flow: readonly FlowItem[];
  /** `[token]`, NaN: hidden; null: not known yet. */
  readonly weights: Float32Array | null;
  /** Tokens from here on are not there yet. */
  readonly until: number;
  /** It grows from step to step: its end stays in sight. */
  readonly grows: boolean;
  /** The weight of the strongest colour. */
  readonly top: number;
  readonly scale: ColourScale;
  /** Words for a token and its weight. */
  readonly name: (token: number, weight: string) => string;
}

export class WeighedText {
  readonly root = element('p', { class: 'weighed-text', attributes: { dir: 'auto' } });
  private flow: readonly FlowItem[] | null = null;
  /** An element an item of the flow. */
  private items: HTMLElement[] = [];
  /** Item of each token. */
  private places: number[] = [];
  private shown: WeighedContent | null = null;

  constructor(private readonly t: Translate) {}

  update(content: WeighedContent): void {
    const before = this.shown;
    const { tokens, flow, weights, until, top, scale } = content;
    const kept = flow === this.flow;
    if (!kept) this.fill(tokens, flow);
    this.shown = content;
    if (!kept || before?.until !== until) this.reveal(content);
    const same = before?.weights === weights && before.top === top && before.scale === scale;
    if (kept && same && before.until === until) return;
    this.places.forEach((item, token) => {
      if (token < until) this.weigh(this.items[item]!, weights?.[token], token, content);
    });
  }

  private fill(tokens: readonly Token[], flow: readonly FlowItem[]): void {
    this.flow = flow;
    this.places = [];
    this.items = flow.map((item, at) => {
      if (item.kind !== 'token') return flowElement(item, this.t);
      this.places[item.index] = at;
      const special = tokens[item.index]?.special === true;
      return element(
        'span',
        { class: special ? 'weighed-token special' : 'weighed-token' },
        labelAt(tokens, item.index),
      );
    });
    this.root.replaceChildren(...this.items);
  }

  /** Shows what stands before the first token that is not there yet. */
  private reveal({ until, grows }: WeighedContent): void {
    const end = this.places[until] ?? this.items.length;
    this.items.forEach((item, at) => show(item, at < end));
    if (grows) queueMicrotask(() => (this.root.scrollTop = this.root.scrollHeight));
  }

  private weigh(
    item: HTMLElement,
    weight: number | undefined,
    token: number,
    { top, scale, name }: WeighedContent,
  ): void {
    const known = weight !== undefined && !Number.isNaN(weight);
    setAttribute(item, 'data-weight', known ? twoDecimals(weight) : '');
    setAttribute(item, 'title', known ? name(token, fourDecimals(weight)) : null);
    if (!known) {
      item.style.removeProperty('background-color');
      item.style.removeProperty('color');
      return;
    }
    const colour = colourAt(scale, stepOf(weight, top));
    item.style.setProperty('background-color', cssColour(colour));
    item.style.setProperty('color', cssColour(textOn(colour)));
  }
}
