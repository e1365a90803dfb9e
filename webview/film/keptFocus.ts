/**
 * Keeps the reader's keyboard where it was while another way is written: until the new run is planned
 * the page is hidden, and what is hidden, or drawn anew, loses the keyboard to the top of the page.
 */
import { isRunning } from '../../src/navigation/traceState';
import type { TraceId } from '../../src/protocol/trace';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';

export class KeptFocus {
  private left: { readonly trace: TraceId; readonly path: readonly HTMLElement[] } | null = null;

  /** Another run is asked for, which will take this one's place. */
  leave(trace: TraceId): void {
    const { activeElement } = document;
    if (!(activeElement instanceof HTMLElement) || activeElement === document.body) return;
    this.left = { trace, path: pathFrom(activeElement) };
  }

  /**
   * The page is drawn, with what is known of a run so far.
   * @param otherwise takes the keyboard where nothing of what had it is left
   */
  arrive(snapshot: TraceSnapshot, otherwise: HTMLElement): void {
    const { left } = this;
    if (left === null || left.trace === snapshot.trace || snapshot.plan === null) return;
    if (document.hasFocus() && document.activeElement === document.body)
      [...left.path, otherwise]
        .find((one) => one.checkVisibility())
        ?.focus({ preventScroll: true });
    const { activeElement } = document;
    const settled = activeElement !== document.body && activeElement?.checkVisibility() === true;
    if (settled || !isRunning(snapshot)) this.left = null;
  }
}

/** An element, and what it stands in that can have the keyboard itself. */
function pathFrom(element: HTMLElement): readonly HTMLElement[] {
  const path: HTMLElement[] = [];
  let at: HTMLElement | null = element;
  while (at !== null) {
    path.push(at);
    at = at.parentElement?.closest<HTMLElement>('[tabindex]') ?? null;
  }
  return path;
}
