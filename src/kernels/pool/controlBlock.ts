/**
 * What the threads of a pool share beside tfjs's heap: one job at a time, and where each of them is.
 *
 * A job is cut into chunks of units. `ticket` counts the chunks nobody has taken; who lowers it from n to
 * n − 1 has chunk n. A thread writes n into its `held` *before* it tries, and 0 when it has finished and
 * finds none left, so a job is done when the ticket and every `held` are 0; and of a thread that vanished
 * it is known which chunk is missing. While anybody holds a chunk the job is not done, so its arguments
 * stand still: a thread that comes late takes a chunk of whatever job is there then.
 */

/** Words of one cache line: threads that write side by side do not slow each other down. */
const LINE = 16;

const TICKET = 0;
const LIMIT = LINE;
const SERIAL = 2 * LINE;
const KERNEL = SERIAL + 1;
const UNITS = SERIAL + 2;
const UNITS_AT_ONCE = SERIAL + 3;
const CHUNKS = SERIAL + 4;
const ARGUMENTS = SERIAL + 5;
/** From here on a line a thread: what it holds, and how it is. */
const THREADS = 3 * LINE;
const STATE = 1;

/** More than any kernel has. */
const MOST_ARGUMENTS = 32;

export type ThreadState = 'starting' | 'ready' | 'failed' | 'retired';
const STATES: readonly ThreadState[] = ['starting', 'ready', 'failed', 'retired'];

export interface Job {
  /** Number of the kernel: see `kernelFunctions`. */
  readonly kernel: number;
  readonly args: readonly number[];
  readonly units: number;
  readonly unitsAtOnce: number;
}

export class ControlBlock {
  private readonly words: Int32Array;
  private readonly numbers: Float64Array;

  constructor(readonly buffer: SharedArrayBuffer) {
    const bytes = buffer.byteLength - MOST_ARGUMENTS * Float64Array.BYTES_PER_ELEMENT;
    this.numbers = new Float64Array(buffer, 0, MOST_ARGUMENTS);
    this.words = new Int32Array(buffer, this.numbers.byteLength, bytes / 4);
  }

  static make(threads: number): ControlBlock {
    const words = THREADS + threads * LINE;
    return new ControlBlock(new SharedArrayBuffer(MOST_ARGUMENTS * 8 + words * 4));
  }

  get ticket(): number {
    return Atomics.load(this.words, TICKET);
  }

  /** Threads that may take part; those with higher numbers sleep. */
  get limit(): number {
    return Atomics.load(this.words, LIMIT);
  }

  set limit(threads: number) {
    Atomics.store(this.words, LIMIT, threads);
    Atomics.notify(this.words, LIMIT);
  }

  /** Changes with every job. */
  get serial(): number {
    return this.words[SERIAL]!;
  }

  /** Only while no job is under way. The order matters: the ticket is what threads look at. */
  publish({ kernel, args, units, unitsAtOnce }: Job): void {
    const { words } = this;
    const chunks = Math.ceil(units / unitsAtOnce);
    this.numbers.set(args);
    words[SERIAL] = (words[SERIAL]! + 1) | 0;
    words[KERNEL] = kernel;
    words[UNITS] = units;
    words[UNITS_AT_ONCE] = unitsAtOnce;
    words[CHUNKS] = chunks;
    words[ARGUMENTS] = args.length;
    Atomics.store(words, TICKET, chunks);
    Atomics.notify(words, TICKET);
  }

  /** The job as published; only for who holds a chunk of it. */
  job(): Job {
    const { words } = this;
    return {
      kernel: words[KERNEL]!,
      args: [...this.numbers.subarray(0, words[ARGUMENTS])],
      units: words[UNITS]!,
      unitsAtOnce: words[UNITS_AT_ONCE]!,
    };
  }

  /**
   * Units of the chunk that a ticket stands for, first ones first. None for a ticket that was read of
   * an earlier, larger job.
   */
  unitsOf(ticket: number): { readonly from: number; readonly to: number } {
    const { words } = this;
    const from = Math.max(0, words[CHUNKS]! - ticket) * words[UNITS_AT_ONCE]!;
    if (ticket > words[CHUNKS]!) return { from, to: from };
    return { from, to: Math.min(words[UNITS]!, from + words[UNITS_AT_ONCE]!) };
  }

  /** Takes a chunk for a thread; 0: none is left. */
  take(thread: number): number {
    for (;;) {
      const ticket = this.ticket;
      if (ticket === 0) return 0;
      Atomics.store(this.words, heldBy(thread), ticket);
      if (Atomics.compareExchange(this.words, TICKET, ticket, ticket - 1) === ticket) return ticket;
    }
  }

  /** The ticket of the chunk a thread is at; 0: none. */
  held(thread: number): number {
    return Atomics.load(this.words, heldBy(thread));
  }

  /** The thread is at no chunk any more. */
  release(thread: number): void {
    Atomics.store(this.words, heldBy(thread), 0);
    Atomics.notify(this.words, heldBy(thread));
  }

  state(thread: number): ThreadState {
    return STATES[Atomics.load(this.words, heldBy(thread) + STATE)]!;
  }

  setState(thread: number, state: ThreadState): void {
    Atomics.store(this.words, heldBy(thread) + STATE, STATES.indexOf(state));
    // Whoever waits for its chunk looks again.
    Atomics.notify(this.words, heldBy(thread));
  }

  /** Sleeps until there are chunks to take. */
  awaitTicket(): void {
    Atomics.wait(this.words, TICKET, 0);
  }

  /** Sleeps until more or fewer threads may take part. */
  awaitLimit(limit: number): void {
    Atomics.wait(this.words, LIMIT, limit);
  }

  /**
   * Sleeps until the thread is no longer at this chunk, or has failed.
   * @returns false if all of `milliseconds` went by before
   */
  awaitRelease(thread: number, ticket: number, milliseconds: number): boolean {
    return Atomics.wait(this.words, heldBy(thread), ticket, milliseconds) !== 'timed-out';
  }

  /** Nobody shall take any more of the job. */
  drop(): void {
    Atomics.store(this.words, TICKET, 0);
  }
}

const heldBy = (thread: number): number => THREADS + thread * LINE;
