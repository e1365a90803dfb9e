import { throwIfCancelled, type Cancellation } from '../failure/cancellation';
import type { TraceId } from '../protocol/trace';

/** Something asked for and not answered. */
interface Pending {
  /** Aborted when whoever asked gives it up. */
  readonly withdrawn: AbortController;
  /** What it is about; null: no trace. */
  readonly trace: TraceId | null;
  /** Of the attempt that is under way or waits for its turn. Aborted: it gets another turn, at the end. */
  attempt: AbortController;
  /** Answers, or throws a refusal. */
  readonly work: (signal: Cancellation) => Promise<void>;
}

/** What the queue needs of its engine. */
export interface QueueSurroundings {
  /** Does a task after all that was asked before; what it throws is a refusal of the request. */
  enqueue(request: number, task: () => Promise<void>): void;
  /** A piece of work is done with, for now or for good. */
  answered(): void;
}

/**
 * Work on models that a reader's run goes before: one piece after another. A new run interrupts the
 * piece under way, which is done again afterwards, and those that wait let it pass.
 */
export class InterruptibleQueue {
  private readonly pending = new Map<number, Pending>();

  constructor(private readonly surroundings: QueueSurroundings) {}

  ask(request: number, trace: TraceId | null, work: Pending['work']): void {
    const [withdrawn, attempt] = [new AbortController(), new AbortController()];
    this.pending.set(request, { withdrawn, trace, attempt, work });
    this.enqueue(request);
  }

  withdraw(request: number): void {
    const found = this.pending.get(request);
    found?.withdrawn.abort();
    found?.attempt.abort();
  }

  /** Something more urgent came, or one trace has gone: what is about it finds that out in its next turn. */
  interrupt(trace?: TraceId): void {
    for (const pending of this.pending.values())
      if (trace === undefined || pending.trace === trace) pending.attempt.abort();
  }

  /** Nobody waits any more. */
  withdrawAll(): void {
    for (const request of this.pending.keys()) this.withdraw(request);
  }

  private enqueue(request: number): void {
    const pending = this.pending.get(request)!;
    this.surroundings.enqueue(request, async () => {
      const { signal } = pending.attempt;
      try {
        throwIfCancelled(signal);
        await pending.work(signal);
        this.pending.delete(request);
      } catch (thrown) {
        if (signal.aborted && !pending.withdrawn.signal.aborted) {
          pending.attempt = new AbortController();
          return this.enqueue(request);
        }
        this.pending.delete(request);
        throw thrown;
      } finally {
        this.surroundings.answered();
      }
    });
  }
}
