/**
 * The tokens (or words) of one side as a listbox of chips, laid out as the text they came from.
 * Arrow keys move, Enter or Space or a click locks, Escape unlocks, the pointer previews.
 */
import type { Translate } from '../../src/language/translate';
import type { ColourScale } from '../../src/palette/weightScale';
import type { Side } from '../../src/protocol/address';
import type { Answer } from '../../src/protocol/queries';
import type { Token } from '../../src/protocol/trace';
import { numbersOf } from '../../src/protocol/wireTensor';
import { keptEntries } from '../drawing/keptEntries';
import { flowOfPieces, flowOfText, type FlowItem } from '../drawing/tokenFlow';
import { topOf } from '../drawing/scaleTop';
import { Chip } from './chip';
import { chipFactsOf, type ChipFacts } from './chipFacts';
import { revealable } from './documentLink';
import { flowElement } from './flowElement';
import { saidBy } from './said';
import { element, setText, show } from '../parts/element';
import type { Strip } from '../positions/encodingStrips';
import { largestOf } from '../../src/navigation/names';
import { chosenSide, colouredSide } from '../../src/navigation/navigationRules';
import { listedOf, tokensOf } from '../../src/navigation/traceState';
import type { Commands, Part, View } from './view';

/** What the chips show: the row, its scale and where that ends, and how many chips have their colour. */
interface Painted {
  readonly row: Answer<'row'> | null;
  readonly scale: ColourScale | null;
  readonly top: number;
  readonly weighed: number;
}
const nothing: Painted = { row: null, scale: null, top: 0, weighed: 0 };

export class TokenLine implements Part {
  readonly root: HTMLElement;
  private readonly caption: HTMLElement;
  private readonly list: HTMLElement;
  private chips: Chip[] = [];
  /** What the chips stand for: tokens, or words. */
  private listed: readonly Token[] = [];
  /** Trace and unit of what is listed: another of either begins anew. */
  private listing = '';
  /** Items of the flow on screen, an element each; more tokens only ever add to its end. */
  private placed = 0;
  /** The chip that Tab reaches; others are reached by arrows. */
  private roving = 0;
  private reached: Chip | undefined;
  private chosen: Chip | undefined;
  /** What the chips show already: a token more must not touch the 700 before it. */
  private shown: Painted = nothing;
  private strips: readonly Strip[] = [];
  /** Whether the reader sees the end of the line; kept, because asking makes the browser lay out. */
  private atEnd = true;
  private followed: number | null = null;
  private view: View | null = null;

  constructor(
    private readonly side: Side,
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    const name = side === 'source' ? t('Text') : t('Output');
    this.caption = element('span', { class: 'caption-count' });
    this.list = element('div', {
      class: 'tokens',
      attributes: {
        role: 'listbox',
        'aria-orientation': 'horizontal',
        'aria-label': side === 'source' ? t('Tokens of the text') : t('Output tokens'),
      },
      on: {
        click: (event) => this.pick(event, (index) => this.lock(index)),
        dblclick: (event) => this.pick(event, (index) => this.revealSpan(index)),
        pointerover: (event) => this.pick(event, (index) => this.hover(index)),
        pointerleave: () => this.commands.preview(null),
        keydown: (event) => this.key(event),
        scroll: () => {
          const { scrollTop, clientHeight, scrollHeight } = this.list;
          this.atEnd = scrollTop + clientHeight >= scrollHeight - 1;
        },
      },
    });
    this.root = element(
      'section',
      { class: 'line', attributes: { 'aria-label': name } },
      element('h2', { class: 'caption' }, name, this.caption),
      this.list,
    );
  }

  update(view: View): void {
    this.view = view;
    const { navigation, preview } = view;
    const { unit } = navigation;
    const listed = listedOf(view.snapshot, this.side, unit);
    show(this.root, listed.length > 0);
    this.fill(listed, view);
    setText(this.caption, this.countWords(view, listed.length));
    this.list.classList.toggle('without-specials', navigation.hideSpecials);
    this.weigh(view);
    // Positions are those of tokens: a word of three has three.
    this.encode(unit === 'token' ? view.strips[this.side] : []);
    const token = preview ?? navigation.token;
    const chosen = token?.side === this.side ? this.chips[token.index] : undefined;
    if (this.chosen !== chosen) this.chosen?.choose(false, false);
    chosen?.choose(true, preview === null && navigation.token?.locked === true);
    this.chosen = chosen;
    const own = navigation.token?.side === this.side ? navigation.token.index : null;
    if (own !== null && !this.list.contains(document.activeElement)) this.roving = own;
    this.rove(this.roving);
    this.follow(own);
  }

  /** Colours belong to the row they came from, which may still be the one before. */
  private weigh({ snapshot, row, theme, navigation, reader }: View): void {
    const from = row.answered;
    const coloured =
      from !== null && colouredSide(snapshot, from.stack, from.direction) === this.side;
    this.root.classList.toggle('coloured', coloured);
    const answer = coloured ? row.answer : null;
    const approximate = answer?.approximate === true;
    this.root.classList.toggle('approximate', approximate);
    const scale = theme[from?.direction ?? navigation.direction];
    const top = topOf(
      reader.colourScale,
      largestOf(answer === null ? null : numbersOf(answer.weights)),
    );
    const { shown } = this;
    const same = shown.row === answer && shown.scale === scale && shown.top === top;
    const said = saidBy(answer, from, snapshot);
    for (let i = same ? shown.weighed : 0; i < this.chips.length; i++)
      this.chips[i]?.weigh(said(i), top, scale, approximate);
    this.shown = { row: answer, scale, top, weighed: this.chips.length };
  }

  private encode(strips: readonly Strip[]): void {
    const from = strips[0] === this.strips[0] ? this.strips.length : 0;
    strips.slice(from).forEach((strip, i) => this.chips[from + i]?.encode(strip));
    this.strips = strips;
  }

  /** Scrolls a token chosen elsewhere (in the matrix, by a reload) into the line's own view. */
  private follow(index: number | null): void {
    if (index === this.followed) return;
    this.followed = index;
    const chip = index === null ? undefined : this.chips[index]?.root;
    if (chip === undefined) return;
    afterUpdates(() => {
      const top = chip.offsetTop - this.list.offsetTop;
      const { scrollTop, clientHeight } = this.list;
      if (top < scrollTop || top + chip.offsetHeight > scrollTop + clientHeight)
        this.list.scrollTop = top - clientHeight / 2;
    });
  }

  /** `23 tokens`; of words also what they are made of. */
  private countWords({ snapshot, navigation }: View, count: number): string {
    const { t, side } = this;
    if (navigation.unit === 'token')
      return count === 1 ? t('1 token') : t('{count} tokens', { count });
    const tokens = tokensOf(snapshot, side).length;
    return t('{count} words of {tokens} tokens', { count, tokens });
  }

  /**
   * Builds what is new. Tokens are only ever appended while a trace lasts; a word grows while its
   * tokens are written, and is then built anew.
   */
  private fill(listed: readonly Token[], view: View): void {
    const { snapshot, navigation } = view;
    const listing = `${snapshot.trace}/${navigation.unit}`;
    const kept = listing === this.listing ? keptEntries(this.listed, listed) : 0;
    this.listing = listing;
    if (kept === listed.length && kept === this.listed.length) return;
    const { plan } = snapshot;
    const flow =
      this.side === 'source'
        ? flowOfText(listed, plan?.text ?? '', plan?.pair ?? null)
        : flowOfPieces(listed);
    const grown = kept > 0;
    if (!grown) {
      this.roving = 0;
      this.atEnd = true;
    }
    if (kept < this.listed.length) this.drop(kept, flow);
    const facts = chipFactsOf(snapshot, this.side, navigation.unit, kept, this.t);
    const made = flow.slice(this.placed).map((item) => this.make(item, facts, kept));
    this.list.append(...made);
    this.placed = flow.length;
    // What is being written stays in sight, unless the reader has scrolled away.
    if (grown && this.atEnd) afterUpdates(() => (this.list.scrollTop = this.list.scrollHeight));
    this.listed = listed;
  }

  /** Takes the chips from index `kept` on away, with what stands before the first of them. */
  private drop(kept: number, flow: readonly FlowItem[]): void {
    const last = flow.findIndex((item) => item.kind === 'token' && item.index === kept - 1);
    this.placed = last + 1;
    while (this.list.childElementCount > this.placed) this.list.lastElementChild?.remove();
    this.chips.length = kept;
    this.strips = this.strips.slice(0, kept);
    this.shown = { ...this.shown, weighed: Math.min(kept, this.shown.weighed) };
  }

  private make(item: FlowItem, facts: readonly ChipFacts[], from: number): HTMLElement {
    if (item.kind !== 'token') return flowElement(item, this.t);
    const known = facts[item.index - from];
    if (known === undefined) throw new RangeError(`no token ${item.index}`);
    const chip = new Chip(known, item.joined, this.t);
    this.chips[item.index] = chip;
    return chip.root;
  }

  private pick(event: Event, then: (index: number) => void): void {
    const target = event.target instanceof Element ? event.target.closest('[data-index]') : null;
    if (target !== null) then(Number(target.getAttribute('data-index')));
  }

  private get isChosenSide(): boolean {
    if (this.view === null) return false;
    const { snapshot, navigation } = this.view;
    return chosenSide(snapshot, navigation.stack, navigation.direction) === this.side;
  }

  /** Locks a token; the locked one is let go. */
  private lock(index: number): void {
    const token = this.view?.navigation.token;
    const same = token?.side === this.side && token.index === index && token.locked;
    this.commands.choose({ side: this.side, index }, !same);
    this.rove(index);
  }

  private hover(index: number): void {
    if (this.isChosenSide && this.view?.navigation.token?.locked !== true)
      this.commands.preview({ side: this.side, index });
  }

  private revealSpan(index: number): void {
    if (this.view === null) return;
    const characters = revealable(this.listed[index], this.side, this.view.reader.link);
    if (characters !== null) this.commands.reveal(characters);
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next = this.destination(event.key);
    if (next !== null) {
      event.preventDefault();
      this.rove(next);
      this.chips[next]?.root.focus();
      if (this.isChosenSide) {
        const locked = this.view?.navigation.token?.locked ?? false;
        this.commands.choose({ side: this.side, index: next }, locked);
      }
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.lock(this.roving);
    } else if (event.key === 'Escape') {
      const token = this.view?.navigation.token;
      if (token) this.commands.choose(token, false);
    }
  }

  private destination(key: string): number | null {
    const last = this.chips.length - 1;
    const hides = this.view?.navigation.hideSpecials ?? false;
    const step = (by: number, from: number): number => {
      let at = from;
      while (at >= 0 && at <= last && hides && this.listed[at]?.special === true) at += by;
      return at < 0 || at > last ? this.roving : at;
    };
    switch (key) {
      case 'ArrowRight':
      case 'ArrowDown':
        return step(1, Math.min(last, this.roving + 1));
      case 'ArrowLeft':
      case 'ArrowUp':
        return step(-1, Math.max(0, this.roving - 1));
      case 'Home':
        return step(1, 0);
      case 'End':
        return step(-1, last);
      default:
        return null;
    }
  }

  private rove(index: number): void {
    this.roving = Math.max(0, Math.min(index, this.chips.length - 1));
    const chip = this.chips[this.roving];
    if (this.reached === chip) return;
    this.reached?.reach(false);
    chip?.reach(true);
    this.reached = chip;
  }
}

/** Once every part has written what it has to: reading the layout in between would make it twice. */
const afterUpdates = (act: () => void): void => queueMicrotask(act);
