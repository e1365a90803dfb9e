/** The bar of a film: every written token in its place, the present step framed; drag it, or use keys. */
import type { Translate } from '../../src/language/translate';
import { tokensOf } from '../../src/navigation/traceState';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import type { View } from '../inspector/view';
import { element, setAttribute, setText, show } from '../parts/element';
import { labelsOf } from '../parts/labels';
import type { FilmSight } from './filmSight';
import { probabilityWords } from './forced/smallNumbers';
import { leftOf, stepAt, type ScrubLayout } from './scrubLayout';
import { ScrubPicture } from './scrubPicture';
import type { Measure } from './tickHeight';

/** A frame narrower than this is lost among the columns. */
const LEAST_FRAME = 5;

export class ScrubBar {
  readonly root: HTMLElement;
  private readonly picture: ScrubPicture;
  private readonly frame = element('div', { class: 'scrub-frame', attributes: hidden });
  private readonly tip = element('div', { class: 'tip scrub-tip', attributes: hidden });
  private layout: ScrubLayout | null = null;
  private width = 0;
  private labels: readonly string[] = [];
  private shown: { view: View; film: FilmSight; measure: Measure } | null = null;
  private dragging = false;

  constructor(
    private readonly t: Translate,
    /** Goes to a step. */
    private readonly scrub: (step: number) => void,
  ) {
    const canvas = element('canvas', { class: 'scrub-picture', attributes: hidden });
    this.picture = new ScrubPicture(canvas);
    this.root = element(
      'div',
      {
        class: 'scrub',
        attributes: { role: 'slider', tabindex: 0, 'aria-label': t('Step'), 'aria-valuemin': 1 },
        on: {
          pointerdown: (event) => {
            if (event.button !== 0) return;
            this.root.setPointerCapture(event.pointerId);
            this.dragging = true;
            this.follow(event);
          },
          pointermove: (event) => (this.dragging ? this.follow(event) : this.point(event)),
          pointerup: () => (this.dragging = false),
          pointercancel: () => (this.dragging = false),
          pointerleave: () => show(this.tip, false),
        },
      },
      canvas,
      this.frame,
      this.tip,
    );
    show(this.tip, false);
    // The width is told, not asked: asking in the middle of an update makes the browser lay out.
    new ResizeObserver(([entry]) => {
      this.width = entry?.contentRect.width ?? 0;
      this.draw();
    }).observe(this.root);
  }

  update(view: View, film: FilmSight, measure: Measure): void {
    const before = this.shown?.view.snapshot;
    this.shown = { view, film, measure };
    if (before?.written !== view.snapshot.written) this.labels = writtenLabels(view.snapshot, film);
    setAttribute(this.root, 'aria-valuemax', film.steps);
    setAttribute(this.root, 'aria-valuenow', film.step + 1);
    setAttribute(
      this.root,
      'aria-valuetext',
      this.t('step {step} of {steps}: {token}', {
        step: film.step + 1,
        steps: film.steps,
        token: this.labels[film.step] ?? '',
      }),
    );
    this.draw();
  }

  private draw(): void {
    const { shown, width, labels } = this;
    if (shown === null || width === 0) return;
    const { view, film, measure } = shown;
    const { written } = view.snapshot;
    this.layout = this.picture.draw({ written, labels, measure }, width, view.theme);
    const left = leftOf(film.step, this.layout);
    const wide = Math.max(LEAST_FRAME, leftOf(film.step + 1, this.layout) - left);
    this.frame.style.setProperty('width', `${wide}px`);
    this.frame.style.setProperty(
      'transform',
      `translateX(${Math.min(left, Math.max(0, width - wide))}px)`,
    );
  }

  private placeOf(event: PointerEvent): number {
    return event.clientX - this.root.getBoundingClientRect().left;
  }

  private follow(event: PointerEvent): void {
    show(this.tip, false);
    if (this.layout === null) return;
    const step = stepAt(this.placeOf(event), this.layout);
    if (step !== this.shown?.film.step) this.scrub(step);
  }

  /** The step under the pointer: its token, and how likely it was. */
  private point(event: PointerEvent): void {
    const { layout, shown } = this;
    if (layout === null || shown === null) return;
    const place = this.placeOf(event);
    const step = stepAt(place, layout);
    const written = shown.view.snapshot.written[step];
    show(this.tip, written !== undefined);
    if (written === undefined) return;
    setText(
      this.tip,
      this.t('{step}: {token}, probability {value}', {
        step: step + 1,
        token: this.labels[step] ?? '',
        value: probabilityWords(written.probability),
      }),
    );
    const room = this.width - this.tip.offsetWidth;
    this.tip.style.setProperty('left', `${Math.max(0, Math.min(place + 8, room))}px`);
  }
}

const hidden = { 'aria-hidden': 'true' } as const;

/** Labels of the written tokens, as lists have them. */
function writtenLabels(snapshot: TraceSnapshot, { side, steps }: FilmSight): readonly string[] {
  const tokens = tokensOf(snapshot, side);
  return labelsOf(tokens).slice(tokens.length - steps);
}
