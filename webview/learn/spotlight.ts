/**
 * Brings what a step speaks of into sight, under the card: in a view the part that the step names or
 * that shows its formula, in the map the opened box, else the view itself. Views are loaded and answered later: until then this waits, but no
 * longer than the reader keeps still.
 */
import { openBox } from '../map/openBox';
import type { Step } from './chapters/chapter';

/** What is left between the card and what is brought into sight, in pixels. */
const GAP = 10;
/** While a view's first answers come in, what stands above the part grows; later the page is left alone. In ms. */
const HOLD_MS = 2000;
/** By these a reader takes the page into their own hands. */
const OWN_MOVES = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const;

export class Spotlight {
  private readonly observer = new MutationObserver(() => this.look());
  private step: Step | null = null;
  /** When to let go; null: the part is not there yet. */
  private until: number | null = null;
  /** Whether the step's box was asked for: only once, then the reader may open another. */
  private boxed = false;
  private readonly stop = (): void => this.off();

  /** @param card what covers the top of the page while it is scrolled */
  constructor(private readonly card: () => Element | null) {}

  /** Once all parts of the page have followed the step's move. */
  on(step: Step): void {
    this.off();
    const views = document.querySelector('.views');
    if (views === null) return;
    this.bring(views);
    this.step = step;
    this.observer.observe(views, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['hidden'],
    });
    for (const move of OWN_MOVES) window.addEventListener(move, this.stop, { passive: true });
    this.look();
  }

  off(): void {
    this.step = null;
    this.until = null;
    this.boxed = false;
    this.observer.disconnect();
    for (const move of OWN_MOVES) window.removeEventListener(move, this.stop);
  }

  private look(): void {
    const map = document.querySelector('#panel-map .map-panel');
    if (this.step?.box !== undefined && map !== null && !this.boxed) {
      this.boxed = true;
      openBox(map, this.step.box);
    }
    const target = this.step === null ? null : targetOf(this.step);
    if (target === null || target.getClientRects().length === 0) return;
    this.until ??= performance.now() + HOLD_MS;
    if (performance.now() > this.until) this.off();
    else this.bring(target);
  }

  private bring(target: Element): void {
    const card = this.card();
    const style = card === null ? null : getComputedStyle(card);
    const under =
      card !== null && style?.position === 'sticky'
        ? Number.parseFloat(style.top) + card.getBoundingClientRect().height
        : 0;
    window.scrollBy({ top: target.getBoundingClientRect().top - under - GAP });
  }
}

function targetOf({ change, formula, at = formula, box, part }: Step): Element | null {
  const panel = document.getElementById(`panel-${change.view}`);
  if (panel === null) return null;
  if (change.view === 'whatIf') return panel.querySelector('.chosen-change');
  const named = part === undefined ? null : panel.querySelector(`[data-part="${part}"]`);
  if (named !== null) return named;
  if (box !== undefined) return panel.querySelector('.map-card');
  const shown = at === undefined ? null : panel.querySelector(`[data-formula="${at}"]`);
  return shown?.closest('section') ?? null;
}
