/** Plays a film: a step each so often, until there is none left. */

/** Calls `act` after a while; returns how to call that off. */
export type After = (milliseconds: number, act: () => void) => () => void;

export interface Reel {
  /** Goes a step on; false: there is none (and none will come), or nobody sees it. */
  advance(): boolean;
  /** It began or ended to play. */
  changed(): void;
}

/** At speed 1: time to see which weights changed. */
const STEP_MS = 800;

export const SPEEDS = [0.5, 1, 2, 4] as const;

export class Player {
  private callOff: (() => void) | null = null;
  private factor = 1;

  constructor(
    private readonly after: After,
    private readonly reel: Reel,
  ) {}

  get playing(): boolean {
    return this.callOff !== null;
  }

  get speed(): number {
    return this.factor;
  }

  /** Counts from now on: a step that is being waited for comes that much later or sooner. */
  set speed(speed: number) {
    this.factor = speed;
    if (this.callOff === null) return;
    this.callOff();
    this.wait();
  }

  play(): void {
    if (this.playing) return;
    this.wait();
    this.reel.changed();
  }

  pause(): void {
    if (this.callOff === null) return;
    this.callOff();
    this.callOff = null;
    this.reel.changed();
  }

  private wait(): void {
    this.callOff = this.after(STEP_MS / this.factor, () => {
      if (this.reel.advance()) this.wait();
      else this.pause();
    });
  }
}

/** By the page's own clock. */
export const afterTimeout: After = (milliseconds, act) => {
  const timer = setTimeout(act, milliseconds);
  return () => clearTimeout(timer);
};
