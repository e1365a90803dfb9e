/** Steps kept; nobody walks back further. */
const MAX_STEPS = 100;

/** Where the reader was, one step after another, with a place in between. Pure bookkeeping. */
export class History<T> {
  private steps: T[] = [];
  private at = -1;

  get canGoBack(): boolean {
    return this.at > 0;
  }

  get canGoForward(): boolean {
    return this.at < this.steps.length - 1;
  }

  get here(): T | null {
    return this.steps[this.at] ?? null;
  }

  /** A new step: what lay ahead is forgotten. */
  visit(step: T): void {
    this.steps = [...this.steps.slice(0, this.at + 1), step].slice(-MAX_STEPS);
    this.at = this.steps.length - 1;
  }

  /** The same step, a little further on. */
  amend(step: T): void {
    if (this.at < 0) this.visit(step);
    else this.steps[this.at] = step;
  }

  /** The step before or after; null at the end of the way. */
  go(where: 'back' | 'forward'): T | null {
    if (where === 'back' ? !this.canGoBack : !this.canGoForward) return null;
    this.at += where === 'back' ? -1 : 1;
    return this.here;
  }
}
