/** One token or word on screen: its characters, its weight as colour and number, its position. */
import { colourAt, cssColour, type ColourScale } from '../../src/palette/weightScale';
import { textOn } from '../../src/palette/contrast';
import { stepOf } from '../../src/palette/weightCoding';
import type { Translate } from '../../src/language/translate';
import { element, setAttribute } from '../parts/element';
import type { Strip } from '../positions/encodingStrips';
import { marked } from '../../src/navigation/approximate';
import { fourDecimals, twoDecimals } from '../../src/navigation/names';
import { chipTitle, type ChipFacts } from './chipFacts';
import type { Said } from './said';

/** Fewer characters than this fit in a chip's largest width, 16 em, however wide they are. */
const LONG_FROM = 12;

export class Chip {
  readonly root: HTMLElement;
  private readonly label: HTMLElement;
  private readonly number: HTMLElement;
  private readonly strip: HTMLElement;
  private painted: {
    said: Said;
    maximum: number;
    scale: ColourScale;
    approximate: boolean;
  } | null = null;

  constructor(
    private readonly facts: ChipFacts,
    joined: boolean,
    private readonly t: Translate,
  ) {
    const { label, mark, special, index } = facts;
    this.label = element(
      'span',
      { class: 'chip-label', attributes: { dir: 'auto' } },
      label,
      mark === null ? null : element('span', { class: 'chip-mark' }, mark),
    );
    this.number = element('span', { class: 'chip-number', attributes: { 'aria-hidden': 'true' } });
    this.strip = element('span', { class: 'chip-strip', attributes: { 'aria-hidden': 'true' } });
    this.root = element(
      'span',
      {
        class: [
          'chip',
          ...(special ? ['special'] : []),
          ...(joined ? ['joined'] : []),
          ...(label.length > LONG_FROM ? ['long'] : []),
        ].join(' '),
        attributes: {
          role: 'option',
          tabindex: -1,
          'aria-label': facts.name,
          'aria-selected': 'false',
          'data-index': index,
          title: chipTitle(facts, null, t),
        },
      },
      this.label,
      this.number,
      this.strip,
    );
  }

  /** Colours by weight, or shows that the token is out of sight. */
  weigh(said: Said, maximum: number, scale: ColourScale, approximate = false): void {
    const { painted } = this;
    if (
      (painted?.said ?? null) === said &&
      (said === null ||
        (painted?.maximum === maximum &&
          painted.scale === scale &&
          painted.approximate === approximate))
    )
      return;
    this.painted = { said, maximum, scale, approximate };
    setAttribute(this.root, 'aria-label', this.spoken(said, approximate));
    setAttribute(this.root, 'title', chipTitle(this.facts, said, this.t, approximate));
    const known = typeof said === 'number';
    // A generated box: part of the picture, not of the chip's text, which is said with four decimals.
    setAttribute(this.number, 'data-weight', known ? twoDecimals(said) : '');
    this.root.classList.toggle('weighed', known);
    this.root.classList.toggle('unseen', typeof said === 'string');
    if (!known) {
      this.label.style.removeProperty('background-color');
      this.label.style.removeProperty('color');
      return;
    }
    const colour = colourAt(scale, stepOf(said, maximum));
    this.label.style.setProperty('background-color', cssColour(colour));
    this.label.style.setProperty('color', cssColour(textOn(colour)));
  }

  private spoken(said: Said, approximate: boolean): string {
    const { t } = this;
    const label = this.facts.name;
    switch (said) {
      case null:
        return label;
      case 'later':
        return t('{label}, comes later: not visible', { label });
      case 'earlier':
        return t('{label}, comes earlier: cannot look at it', { label });
      case 'beforeWindow':
        return t('{label}, before the sliding window: not visible', { label });
      case 'afterWindow':
        return t('{label}, its sliding window begins later: cannot look at it', { label });
      default:
        return t('{label}, weight {weight}', {
          label,
          weight: marked(fourDecimals(said), approximate),
        });
    }
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
      strip.kind === 'learned'
        ? this.t('Learned encoding of position {index}: purple below 0, green above', {
            index: this.facts.index,
          })
        : this.t('Positional encoding of position {index}, −1 purple to 1 green', {
            index: this.facts.index,
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
}
