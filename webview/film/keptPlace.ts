/**
 * Keeps the reader's place on the page while another way is written: for a moment nothing is known of
 * the new run, the page is nearly empty, and the browser lets it slip back to its top.
 */
import type { TraceId } from '../../src/protocol/trace';

export class KeptPlace {
  private left: { readonly trace: TraceId; readonly top: number; found: boolean } | null = null;

  constructor(private readonly root: HTMLElement) {}

  /** Another run is asked for, which will take this one's place. */
  leave(trace: TraceId): void {
    this.left = { trace, top: window.scrollY, found: false };
    this.root.style.setProperty('min-height', `${this.root.offsetHeight}px`);
  }

  /** @param settled everything is as high as it will be */
  arrive(trace: TraceId, settled: boolean): void {
    const { left } = this;
    if (left === null || left.trace === trace) return;
    if (!left.found) {
      left.found = true;
      // When the other parts of the page are drawn, too.
      queueMicrotask(() => window.scrollTo({ top: left.top }));
    }
    if (!settled) return;
    this.left = null;
    this.root.style.removeProperty('min-height');
  }
}
