import type { Disposable } from '../disposables';
import type { Clock } from './clock';

/**
 * Longest silence of an engine that owes something. The engine speaks after every layer and answers
 * pings between two; a layer of 512 tokens at width 512 takes well under a second on WASM and some
 * ten seconds in plain JavaScript on a slow machine, so a minute means that it is stuck.
 */
export const SILENCE_LIMIT_MS = 60_000;

/**
 * Finds out that an engine hangs. While something is owed, half the limit without a word leads to
 * a ping, the other half to `silent`. Two timers in a row rather than one: a machine that wakes from
 * sleep may find the first one elapsed, but then the engine has the second to answer.
 */
export class Watchdog implements Disposable {
  private owed = 0;
  private timer: Disposable | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly limitMs: number,
    private readonly ping: () => void,
    private readonly silent: () => void,
  ) {}

  /** Something more is owed: an answer, or the end of a run. */
  expect(): void {
    this.owed += 1;
    if (this.timer === null) this.rearm();
  }

  /** One debt is paid. */
  settle(): void {
    this.owed = Math.max(0, this.owed - 1);
    if (this.owed === 0) this.disarm();
  }

  /** The engine said something, whatever it was. */
  heard(): void {
    if (this.owed > 0) this.rearm();
  }

  dispose(): void {
    this.owed = 0;
    this.disarm();
  }

  private rearm(): void {
    this.disarm();
    this.timer = this.clock.after(this.limitMs / 2, () => {
      this.timer = this.clock.after(this.limitMs / 2, () => {
        this.timer = null;
        this.silent();
      });
      this.ping();
    });
  }

  private disarm(): void {
    this.timer?.dispose();
    this.timer = null;
  }
}
