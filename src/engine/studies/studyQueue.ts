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
  readonly trace: TraceId;
  /** Of the attempt that is under way or waits for its turn. Aborted: it gets another turn, at the end. */
  attempt: AbortController;
}

/** What the queue needs of its engine. */
export interface StudySurroundings {
  /** @throws Failure `trace.gone` */
  trace(id: TraceId): Trace;
  /** Does a task after all that was asked before; what it throws is a refusal of the request. */
  enqueue(request: number, task: () => Promise<void>): void;
  /** A study is done with, for now or for good. */
  answered(): void;
  readonly emit: Emit;
  breathe(): Promise<void>;
}

/**
 * Studies, one after another. A new run goes first: the study under way is interrupted and made
 * again afterwards, and those that wait let it pass.
 */
export class StudyQueue {
  private readonly pending = new Map<number, Pending>();

  constructor(private readonly surroundings: StudySurroundings) {}

  ask(request: number, trace: TraceId, query: StudyQuery): void {
    const [withdrawn, attempt] = [new AbortController(), new AbortController()];
    this.pending.set(request, { withdrawn, trace, attempt });
    this.enqueue(request, trace, query);
  }

  withdraw(request: number): void {
    const found = this.pending.get(request);
    found?.withdrawn.abort();
    found?.attempt.abort();
  }

  /** Something more urgent came, or one trace has gone: its studies find that out in their next turn. */
  interrupt(trace?: TraceId): void {
    for (const pending of this.pending.values())
      if (trace === undefined || pending.trace === trace) pending.attempt.abort();
  }

  /** Nobody waits any more. */
  withdrawAll(): void {
    for (const request of this.pending.keys()) this.withdraw(request);
  }

  private enqueue(request: number, trace: TraceId, query: StudyQuery): void {
    const pending = this.pending.get(request)!;
    const { enqueue, answered, emit } = this.surroundings;
    enqueue(request, async () => {
      const { signal } = pending.attempt;
      try {
        throwIfCancelled(signal);
        const value = await this.attempt(request, trace, query, signal);
        emit({ type: 'answer', request, value });
        this.pending.delete(request);
      } catch (thrown) {
        if (signal.aborted && !pending.withdrawn.signal.aborted) {
          pending.attempt = new AbortController();
          return this.enqueue(request, trace, query);
        }
        this.pending.delete(request);
        throw thrown;
      } finally {
        answered();
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
