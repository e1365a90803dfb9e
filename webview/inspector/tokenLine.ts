/**
 * The tokens of one side as a listbox of chips, laid out as the text they came from. Arrow keys
 * move, Enter or Space or a click locks, Escape unlocks, the pointer previews.
 */
import type { Translate } from '../../src/language/translate';
import type { ColourScale } from '../../src/palette/weightScale';
import type { Answer, Side } from '../../src/protocol/queries';
import type { Token } from '../../src/protocol/trace';
import { numbersOf } from '../../src/protocol/wireTensor';
import { flowOfPieces, flowOfText, type FlowItem } from '../drawing/tokenFlow';
import { topOf } from '../drawing/scaleTop';
import { Chip } from './chip';
import { canReveal } from './documentLink';
import { element, setText, show } from '../parts/element';
import type { Strip } from './encodingStrips';
import { largestOf } from '../../src/navigation/names';
import { chosenSide, colouredSide } from '../../src/navigation/navigationRules';
import { tokensOf, writtenAt } from '../../src/navigation/traceState';
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
  private tokens: readonly Token[] = [];
  /** Items of the flow on screen; more tokens only ever add to its end. */
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
    const tokens = tokensOf(view.snapshot, this.side);
    show(this.root, tokens.length > 0);
    this.fill(tokens, view);
    setText(
      this.caption,
      tokens.length === 1 ? this.t('1 token') : this.t('{count} tokens', { count: tokens.length }),
    );
    const { navigation, preview } = view;
    this.list.classList.toggle('without-specials', navigation.hideSpecials);
    this.weigh(view);
    this.encode(view.strips[this.side]);
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
  private weigh({ row, theme, navigation, reader }: View): void {
    const from = row.answered;
    const coloured = from !== null && colouredSide(from.stack, from.direction) === this.side;
    this.root.classList.toggle('coloured', coloured);
    const answer = coloured ? row.answer : null;
    const scale = theme[from?.direction ?? navigation.direction];
    const weights = answer === null ? null : numbersOf(answer.weights);
    const top = topOf(reader.colourScale, largestOf(weights));
    const { shown } = this;
    const same = shown.row === answer && shown.scale === scale && shown.top === top;
    for (let i = same ? shown.weighed : 0; i < this.chips.length; i++)
      this.chips[i]?.weigh(weights?.[i], top, scale);
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

  /** Builds what is new: tokens are only ever appended while a trace lasts. */
  private fill(tokens: readonly Token[], view: View): void {
    const grown =
      tokens.length >= this.tokens.length && this.tokens.every((token, i) => token === tokens[i]);
    if (grown && tokens.length === this.tokens.length) return;
    if (!grown) {
      this.chips = [];
      this.list.replaceChildren();
      this.roving = 0;
      this.placed = 0;
      this.strips = [];
      this.shown = nothing;
      this.atEnd = true;
    }
    const flow =
      this.side === 'source'
        ? flowOfText(tokens, view.snapshot.plan?.text ?? '')
        : flowOfPieces(tokens);
    this.list.append(...flow.slice(this.placed).map((item) => this.make(item, tokens, view)));
    this.placed = flow.length;
    // What is being written stays in sight, unless the reader has scrolled away.
    if (grown && this.atEnd && this.tokens.length > 0)
      afterUpdates(() => (this.list.scrollTop = this.list.scrollHeight));
    this.tokens = tokens;
  }

  private make(item: FlowItem, tokens: readonly Token[], view: View): HTMLElement {
    switch (item.kind) {
      case 'gap':
        return element('span', { class: 'gap', attributes: { 'aria-hidden': 'true' } });
      case 'break':
        return element(
          'span',
          { class: item.sign ? 'break sign' : 'break', attributes: { 'aria-hidden': 'true' } },
          item.sign ? '↵' : '',
        );
      case 'text':
        return element(
          'span',
          { class: 'loose', attributes: { 'aria-hidden': 'true' } },
          item.text,
        );
      case 'token': {
        const token = tokens[item.index];
        if (token === undefined) throw new RangeError(`no token ${item.index}`);
        const written = this.side === 'target' ? writtenAt(view.snapshot, item.index) : null;
        const chip = new Chip(token, written, item.index, item.joined, this.t);
        this.chips[item.index] = chip;
        return chip.root;
      }
    }
  }

  private pick(event: Event, then: (index: number) => void): void {
    const target = event.target instanceof Element ? event.target.closest('[data-index]') : null;
    if (target !== null) then(Number(target.getAttribute('data-index')));
  }

  private get isChosenSide(): boolean {
    if (this.view === null) return false;
    const { stack, direction } = this.view.navigation;
    return chosenSide(stack, direction) === this.side;
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
    const span = this.tokens[index]?.span;
    if (this.side === 'source' && span && this.view !== null && canReveal(this.view.reader.link))
      this.commands.reveal(span);
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
      while (at >= 0 && at <= last && hides && this.tokens[at]?.special === true) at += by;
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
