import type { Clock } from '../../../src/host/engine/clock';
import type { Disposable } from '../../../src/host/disposables';

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

/** A clock that the test turns. */
export class ManualClock implements Clock {
  private now = 0;
  private readonly alarms = new Set<Alarm>();

  after(milliseconds: number, elapsed: () => void): Disposable {
    const alarm = { at: this.now + milliseconds, ring: elapsed };
    this.alarms.add(alarm);
    return { dispose: () => this.alarms.delete(alarm) };
  }

  get pending(): number {
    return this.alarms.size;
  }

  /** Lets time pass; alarms ring in order, also those set by others that ring. */
  pass(milliseconds: number): void {
    const end = this.now + milliseconds;
    for (;;) {
      const [next] = [...this.alarms].sort((a, b) => a.at - b.at);
      if (next === undefined || next.at > end) break;
      this.alarms.delete(next);
      this.now = next.at;
      next.ring();
    }
    this.now = end;
  }
}
