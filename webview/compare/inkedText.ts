/** A text as it reads, its tokens in the colours of their weights: a row at a glance. */
import { textOn } from '../../src/palette/contrast';
import { stepOf } from '../../src/palette/weightCoding';
import { colourAt, cssColour, type ColourScale } from '../../src/palette/weightScale';
import { labelAt, visibleText } from '../../src/navigation/labels';
import { fourDecimals } from '../../src/navigation/names';
import { listedOf } from '../../src/navigation/traceState';
import type { Token } from '../../src/protocol/trace';
import type { Side } from '../../src/protocol/address';
import type { Answer } from '../../src/protocol/queries';
import { numbersOf } from '../../src/protocol/wireTensor';
import { flowOfPieces, flowOfText, type FlowItem } from '../drawing/tokenFlow';
import type { Sight } from '../inspector/view';
import { element, setAttribute } from '../parts/element';

export interface Ink {
  readonly row: Answer<'row'> | null;
  /** The weight of the strongest colour. */
  readonly top: number;
  readonly scale: ColourScale;
  /** Index of the chosen token, if it is one of this text. */
  readonly chosen: number | null;
}

export class InkedText {
  readonly root = element('p', { class: 'inked-text', attributes: { dir: 'auto' } });
  private words: HTMLElement[] = [];
  private key = '';
  private inked: Ink | null = null;

  update({ snapshot, navigation }: Sight, side: Side, ink: Ink): void {
    const { unit, hideSpecials } = navigation;
    const tokens = listedOf(snapshot, side, unit);
    const key = [snapshot.trace, side, unit, tokens.length, hideSpecials].join(' ');
    if (key !== this.key) {
      this.key = key;
      this.inked = null;
      this.words = [];
      const { text = '', pair = null } = snapshot.plan ?? {};
      const flow = side === 'source' ? flowOfText(tokens, text, pair) : flowOfPieces(tokens);
      this.root.replaceChildren(
        ...flow.flatMap((item) => {
          const special = item.kind === 'token' && tokens[item.index]?.special === true;
          return special && hideSpecials ? [] : [this.make(item, tokens)];
        }),
      );
    }
    const before = this.inked;
    if (
      before?.row === ink.row &&
      before?.top === ink.top &&
      before.scale === ink.scale &&
      before.chosen === ink.chosen
    )
      return;
    this.inked = ink;
    const weights = ink.row === null ? null : numbersOf(ink.row.weights);
    this.words.forEach((word, index) =>
      this.paint(word, weights?.[index], index === ink.chosen, ink),
    );
  }

  private make(item: FlowItem, tokens: readonly Token[]): Node {
    if (item.kind === 'text') return document.createTextNode(visibleText(item.text));
    if (item.kind !== 'token') return document.createTextNode(' ');
    const token = tokens[item.index];
    const word = element(
      'span',
      { class: token?.special === true ? 'ink special' : 'ink' },
      labelAt(tokens, item.index),
    );
    this.words[item.index] = word;
    return word;
  }

  private paint(
    word: HTMLElement,
    weight: number | undefined,
    chosen: boolean,
    { top, scale }: Ink,
  ): void {
    word.classList.toggle('chosen', chosen);
    if (weight === undefined || Number.isNaN(weight)) {
      word.style.removeProperty('background-color');
      word.style.removeProperty('color');
      setAttribute(word, 'title', null);
      return;
    }
    const colour = colourAt(scale, stepOf(weight, top));
    word.style.setProperty('background-color', cssColour(colour));
    word.style.setProperty('color', cssColour(textOn(colour)));
    setAttribute(word, 'title', fourDecimals(weight));
  }
}
