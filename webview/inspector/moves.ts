/**
 * The reader's own moves on their way to the host, which owns the state. A move is seen here at
 * once; what the host says meanwhile may be older than it, and must not undo it.
 */
import type { Navigation, NavigationChange } from '../../src/protocol/navigation';

export interface Move {
  readonly sequence: number;
  readonly change: NavigationChange;
}

export class Moves {
  private sequence = 0;
  /** The last move sent about this trace; until the host has seen it, its navigation is older. */
  private awaited = 0;
  private unsent: NavigationChange | null = null;

  make(change: NavigationChange): void {
    this.unsent = { ...this.unsent, ...change };
  }

  /** What is to be sent, as one move; null if there is nothing. */
  take(): Move | null {
    const change = this.unsent;
    if (change === null) return null;
    this.unsent = null;
    this.awaited = ++this.sequence;
    return { sequence: this.sequence, change };
  }

  /** What to show after the host has told its navigation, which holds the moves up to `seen`. */
  merge(shown: Navigation, told: Navigation, seen: number): Navigation {
    return seen < this.awaited ? shown : { ...told, ...this.unsent };
  }

  /** Another trace: moves about the one before are void, and the host need not confirm them. */
  forget(): void {
    this.awaited = 0;
    this.unsent = null;
  }
}
