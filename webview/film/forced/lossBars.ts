/** A bar a token, as high as its loss: each goes to the step it was given in. */
import { stepOf } from '../../../src/palette/weightCoding';
import { colourAt, cssColour } from '../../../src/palette/weightScale';
import { labelAt } from '../../../src/navigation/labels';
import type { Translate } from '../../../src/language/translate';
import { element, setAttribute } from '../../parts/element';
import type { Theme } from '../../parts/theme';
import { largestLoss, lossShare, type Loss } from './loss';
import { lossWords, probabilityWords } from './smallNumbers';

/** The faintest colour of a bar: fainter ones are lost on the background. */
const FAINTEST_STEP = 96;

export class LossBars {
  readonly root: HTMLElement;
  private bars: readonly HTMLButtonElement[] = [];
  private drawn: readonly unknown[] = [];
  private current: HTMLButtonElement | null = null;

  constructor(
    private readonly t: Translate,
    private readonly go: (step: number) => void,
  ) {
    this.root = element('div', {
      class: 'loss-bars',
      attributes: {
        role: 'group',
        'aria-label': t('Loss of each token; arrow keys go along them'),
      },
      on: { keydown: (event) => this.key(event) },
    });
  }

  /** @param step the one the reader stands at */
  update(loss: Loss, theme: Theme, step: number | null): void {
    const { tokens } = loss;
    const wanted = [tokens.length, tokens[0]?.written, tokens.at(-1)?.written, theme.looksAt];
    if (wanted.some((part, i) => part !== this.drawn[i])) {
      this.drawn = wanted;
      this.draw(loss, theme);
    }
    const at = tokens.findIndex((one) => one.step === step);
    this.mark(this.bars[at] ?? null);
  }

  private draw({ tokens }: Loss, theme: Theme): void {
    const { t } = this;
    const most = largestLoss({ tokens });
    const labels = tokens.map(({ written }) => written.token);
    this.current = null;
    this.bars = tokens.map(({ loss, step, written }, i) => {
      const bar = element('span', { class: 'loss-bar' });
      const share = lossShare(loss, most);
      const colour = colourAt(theme.looksAt, Math.max(FAINTEST_STEP, stepOf(share, 1)));
      bar.style.setProperty('height', `${100 * share}%`);
      bar.style.setProperty('background-color', cssColour(colour));
      const token = labelAt(labels, i);
      const words = t('“{token}”: loss {loss}, p = {probability}', {
        token,
        loss: lossWords(loss),
        probability: probabilityWords(written.probability),
      });
      return element(
        'button',
        {
          class: 'loss-token',
          attributes: {
            type: 'button',
            tabindex: i === 0 ? 0 : -1,
            title: words,
            'aria-label': words,
          },
          on: { click: () => this.go(step) },
        },
        element('span', { class: 'loss-room', attributes: { 'aria-hidden': 'true' } }, bar),
        element(
          'span',
          { class: 'loss-label', attributes: { dir: 'auto', 'aria-hidden': 'true' } },
          token,
        ),
      );
    });
    this.root.replaceChildren(...this.bars);
  }

  private mark(bar: HTMLButtonElement | null): void {
    if (bar === this.current) return;
    if (this.current !== null) setAttribute(this.current, 'aria-current', null);
    this.current = bar;
    if (bar === null) return;
    setAttribute(bar, 'aria-current', 'step');
    this.reach(bar);
    this.follow(bar);
  }

  /** The one tab stop. */
  private reach(bar: HTMLButtonElement): void {
    for (const one of this.bars) if (one.tabIndex === 0) one.tabIndex = -1;
    bar.tabIndex = 0;
  }

  /** Scrolls a bar into sight, and nothing but this room. */
  private follow({ offsetLeft, offsetWidth }: HTMLElement): void {
    const { scrollLeft, clientWidth } = this.root;
    if (offsetLeft < scrollLeft || offsetLeft + offsetWidth > scrollLeft + clientWidth)
      this.root.scrollLeft = offsetLeft - clientWidth / 2;
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const from = this.bars.findIndex((bar) => bar === event.target);
    const last = this.bars.length - 1;
    const places: Record<string, number> = {
      ArrowLeft: from - 1,
      ArrowRight: from + 1,
      Home: 0,
      End: last,
    };
    const to = places[event.key];
    if (from < 0 || to === undefined) return;
    event.preventDefault();
    const bar = this.bars[Math.min(last, Math.max(0, to))];
    if (bar === undefined) return;
    this.reach(bar);
    bar.focus();
  }
}
