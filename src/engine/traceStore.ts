import { Failure } from '../failure/failure';
import type { TraceId } from '../protocol/trace';
import type { PrefixMemory } from './prefixMemory';
import { bytesOfTraces, type Trace } from './trace';

/** The traces in memory, under a byte budget: the one not asked for longest goes first. */
export class TraceStore {
  /** Least recently used first. */
  private readonly traces = new Map<TraceId, Trace>();

  constructor(
    readonly budgetBytes: number,
    private readonly prefix: PrefixMemory,
    private readonly onEvicted: (trace: Trace) => void,
  ) {}

  /** With what is kept for a text that begins like the last one. */
  get bytes(): number {
    return bytesOfTraces([...this.traces.values(), ...this.prefix.traces]) + this.prefix.bytes;
  }

  get size(): number {
    return this.traces.size;
  }

  add(trace: Trace): void {
    this.traces.set(trace.id, trace);
  }

  find(id: TraceId): Trace | undefined {
    return this.traces.get(id);
  }

  /** @throws Failure `trace.gone` */
  get(id: TraceId): Trace {
    const trace = this.traces.get(id);
    if (!trace) throw new Failure('trace.gone');
    this.traces.delete(id);
    this.traces.set(id, trace);
    return trace;
  }

  remove(id: TraceId): Trace | undefined {
    const trace = this.traces.get(id);
    this.traces.delete(id);
    return trace;
  }

  clear(): void {
    this.traces.clear();
  }

  /** Frees what can be computed again, then traces, oldest first, until `bytes` more fit. */
  makeRoom(bytes: number): void {
    const fits = (): boolean => this.bytes + bytes <= this.budgetBytes;
    if (!fits()) this.prefix.drop();
    for (const { replays } of this.traces.values()) {
      if (fits()) return;
      replays.clear();
    }
    for (const trace of this.traces.values()) {
      if (fits()) return;
      this.traces.delete(trace.id);
      this.onEvicted(trace);
    }
  }

  /** Whether some trace still needs a model. */
  uses(predicate: (trace: Trace) => boolean): boolean {
    return [...this.traces.values()].some(predicate);
  }
}
