/** So long after the last key a person still counts as typing: a pause to think is shorter or much longer. */
const PAUSE_MS = 1_500;

/** Whether somebody types just now, as the host says from time to time. */
export class Typing {
  /** Whether a core is left to them: not where somebody said how many threads there shall be. */
  leavesCore = true;
  private last = Number.NEGATIVE_INFINITY;

  constructor(private readonly now: () => number = () => performance.now()) {}

  heard(): void {
    this.last = this.now();
  }

  get goesOn(): boolean {
    return this.now() - this.last < PAUSE_MS;
  }
}
