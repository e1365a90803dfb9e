import type { Replay } from './replay';

/**
 * Replays of one trace, so that views that walk from token to token and head to head need not have
 * the model run each time. Bytes are bounded: the one not asked for longest goes first.
 */
export class ReplayStore {
  /** Least recently used first. */
  private readonly replays = new Map<string, Replay>();

  constructor(private readonly limitBytes: number) {}

  get bytes(): number {
    return [...this.replays.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  find(key: string): Replay | null {
    const found = this.replays.get(key);
    if (!found) return null;
    this.replays.delete(key);
    this.replays.set(key, found);
    return found;
  }

  /** Keeps the first of some versions of a replay that fits; if none does, the one there is stays. */
  keep(key: string, versions: readonly Replay[]): void {
    const fitting = versions.find(({ bytes }) => bytes <= this.limitBytes);
    if (!fitting) return;
    this.replays.delete(key);
    this.replays.set(key, fitting);
    for (const oldest of this.replays.keys()) {
      if (this.bytes <= this.limitBytes) return;
      this.replays.delete(oldest);
    }
  }

  clear(): void {
    this.replays.clear();
  }
}
