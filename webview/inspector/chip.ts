/** One token on screen: its characters, its weight as colour and number, its positional encoding. */
import { colourAt, cssColour, type ColourScale } from '../../src/palette/weightScale';
import { textOn } from '../../src/palette/contrast';
import { stepOf } from '../../src/palette/weightCoding';
import type { Translate } from '../../src/language/translate';
import type { Token, WrittenToken } from '../../src/protocol/trace';
import { visibleLabel, visiblePiece } from '../../src/navigation/labels';
import { element, setAttribute } from '../parts/element';
import type { Strip } from './encodingStrips';
import { fourDecimals, twoDecimals } from '../../src/navigation/names';

/** Fewer characters than this fit in a chip's largest width, 16 em, however wide they are. */
const LONG_FROM = 12;

/** As the table of candidates has them. */
function candidateLines(written: WrittenToken | null, t: Translate): string[] {
  if (written === null) return [];
  const lines = written.candidates.map(
    ({ id, label, probability }) =>
      `${fourDecimals(probability)}  “${visibleLabel({ label, piece: label, id, span: null, special: false })}”`,
  );
  return [t('Candidates:'), ...lines];
}

export class Chip {
  readonly root: HTMLElement;
  private readonly label: HTMLElement;
  private readonly number: HTMLElement;
  private readonly strip: HTMLElement;
  private readonly candidates: readonly string[];
  private painted: { weight: number; maximum: number; scale: ColourScale } | null = null;
  readonly name: string;

  constructor(
    private readonly token: Token,
    /** What else an output token might have been; null for tokens that were given. */
    written: WrittenToken | null,
    private readonly index: number,
    joined: boolean,
    private readonly t: Translate,
  ) {
    this.name = visibleLabel(token);
    this.candidates = candidateLines(written, t);
    this.label = element('span', { class: 'chip-label', attributes: { dir: 'auto' } }, this.name);
    this.number = element('span', { class: 'chip-number', attributes: { 'aria-hidden': 'true' } });
    this.strip = element('span', { class: 'chip-strip', attributes: { 'aria-hidden': 'true' } });
    this.root = element(
      'span',
      {
        class: [
          'chip',
          ...(token.special ? ['special'] : []),
          ...(joined ? ['joined'] : []),
          ...(this.name.length > LONG_FROM ? ['long'] : []),
        ].join(' '),
        attributes: {
          role: 'option',
          tabindex: -1,
          'aria-label': this.name,
          'aria-selected': 'false',
          'data-index': index,
          title: this.title(null),
        },
      },
      this.label,
      this.number,
      this.strip,
    );
  }

  /** Colours by weight; undefined: the row says nothing about this token. */
  weigh(weight: number | undefined, maximum: number, scale: ColourScale): void {
    const known = weight !== undefined && !Number.isNaN(weight);
    const painted = known ? { weight, maximum, scale } : null;
    if (
      painted?.weight === this.painted?.weight &&
      painted?.maximum === this.painted?.maximum &&
      painted?.scale === this.painted?.scale
    )
      return;
    this.painted = painted;
    setAttribute(
      this.root,
      'aria-label',
      known
        ? this.t('{label}, weight {weight}', { label: this.name, weight: fourDecimals(weight) })
        : this.name,
    );
    setAttribute(this.root, 'title', this.title(known ? weight : null));
    // A generated box: part of the picture, not of the chip's text, which is said with four decimals.
    setAttribute(this.number, 'data-weight', known ? twoDecimals(weight) : '');
    this.root.classList.toggle('weighed', known);
    if (!known) {
      this.label.style.removeProperty('background-color');
      this.label.style.removeProperty('color');
      return;
    }
    const colour = colourAt(scale, stepOf(weight, maximum));
    this.label.style.setProperty('background-color', cssColour(colour));
    this.label.style.setProperty('color', cssColour(textOn(colour)));
  }

  choose(chosen: boolean, locked: boolean): void {
    setAttribute(this.root, 'aria-selected', String(chosen));
    this.root.classList.toggle('chosen', chosen);
    this.root.classList.toggle('locked', chosen && locked);
  }

  /** Shows the positional encoding once it is known. */
  encode(strip: Strip): void {
    const { style } = this.strip;
    setAttribute(
      this.strip,
      'title',
      this.t('Positional encoding of position {index}, −1 purple to 1 green', {
        index: this.index,
      }),
    );
    style.setProperty('background-image', `url("${strip.url}")`);
    style.setProperty('background-size', `100% ${strip.height}px`);
    style.setProperty('background-position', `0 ${-strip.top}px`);
  }

  /** Whether Tab stops here. */
  reach(reached: boolean): void {
    setAttribute(this.root, 'tabindex', reached ? 0 : -1);
  }

  /** What the pointer is told: the vocabulary's entry, the exact weight, the candidates. */
  private title(weight: number | null): string {
    const { index, t } = this;
    const known = { piece: visiblePiece(this.token), id: this.token.id, index };
    const words =
      weight === null
        ? t('{piece}, id {id}, at position {index}', known)
        : t('{piece}, id {id}, at position {index}, weight {weight}', {
            ...known,
            weight: fourDecimals(weight),
          });
    return [words, ...this.candidates].join('\n');
  }
}
