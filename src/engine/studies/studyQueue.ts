import { throwIfCancelled } from '../../failure/cancellation';
import type { StudyQuery } from '../../protocol/queries';
import type { TraceId } from '../../protocol/trace';
import type { Emit } from '../outbox';
import type { Trace } from '../trace';
import { wholePercents } from '../wholePercents';
import { study } from './study';
import { StudyContext } from './studyContext';

/** A study asked for and not answered. */
interface Pending {
  /** Aborted when whoever asked gives it up. */
  readonly withdrawn: AbortController;
  /** Of the attempt under way; null: it waits for its turn. */
  attempt: AbortController | null;
}

/** What the queue needs of its engine. */
export interface StudySurroundings {
  /** @throws Failure `trace.gone` */
  trace(id: TraceId): Trace;
  /** Does a task after all that was asked before; what it throws is a refusal of the request. */
  enqueue(request: number, task: () => Promise<void>): void;
  readonly emit: Emit;
  breathe(): Promise<void>;
}

/**
 * Studies, one after another. A new run goes first: the study under way is interrupted, and made
 * again afterwards.
 */
export class StudyQueue {
  private readonly pending = new Map<number, Pending>();

  constructor(private readonly surroundings: StudySurroundings) {}

  ask(request: number, trace: TraceId, query: StudyQuery): void {
    this.pending.set(request, { withdrawn: new AbortController(), attempt: null });
    this.enqueue(request, trace, query);
  }

  withdraw(request: number): void {
    const found = this.pending.get(request);
    found?.withdrawn.abort();
    found?.attempt?.abort();
  }

  /** Something more urgent came. */
  interrupt(): void {
    for (const { attempt } of this.pending.values()) attempt?.abort();
  }

  /** Nobody waits any more. */
  withdrawAll(): void {
    for (const request of this.pending.keys()) this.withdraw(request);
  }

  private enqueue(request: number, trace: TraceId, query: StudyQuery): void {
    const pending = this.pending.get(request)!;
    const { enqueue, emit } = this.surroundings;
    enqueue(request, async () => {
      const attempt = new AbortController();
      pending.attempt = attempt;
      try {
        throwIfCancelled(pending.withdrawn.signal);
        const value = await this.attempt(request, trace, query, attempt.signal);
        emit({ type: 'answer', request, value });
        this.pending.delete(request);
      } catch (thrown) {
        if (attempt.signal.aborted && !pending.withdrawn.signal.aborted) {
          pending.attempt = null;
          return this.enqueue(request, trace, query);
        }
        this.pending.delete(request);
        throw thrown;
      }
    });
  }

  private attempt(
    request: number,
    trace: TraceId,
    query: StudyQuery,
    signal: AbortSignal,
  ): ReturnType<typeof study> {
    const { emit, breathe } = this.surroundings;
    const progress = wholePercents((fraction) => emit({ type: 'progress', request, fraction }));
    const say = (fraction: number): void => progress(fraction, 1);
    return study(new StudyContext(this.surroundings.trace(trace), signal, say, breathe), query);
  }
}
