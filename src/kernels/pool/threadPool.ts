import type { KernelName } from '../kernelArguments';
import { kernelFunctions, type KernelFunction } from '../kernelFunctions';
import type { KernelPool } from '../kernelPool';
import { functionNames, type WasmMemory, type WasmModule } from '../webAssembly';
import { ChunkRunner } from './chunkRunner';
import { ControlBlock } from './controlBlock';
import { KernelThread } from './kernelThread';

/** What the threads of a pool compute with. */
export interface PoolSetting {
  readonly module: WasmModule;
  /** Shared. */
  readonly memory: WasmMemory;
  /** File of the bundled `kernelWorker`. */
  readonly script: string;
  /** Threads, the caller's among them. */
  readonly threads: number;
  /** How many of them may take part now: asked before every job. */
  allowance(): number;
}

/** How a thread was lost: it said nothing of a chunk for too long, failed in one, or was just gone. */
export type EndOfThread =
  | { readonly how: 'silent'; readonly seconds: number }
  | { readonly how: 'failed' }
  | { readonly how: 'ended'; readonly reason: string };

/** Chunks a thread shall find: so many that none waits long for the slowest, not so many that handing out counts. */
const CHUNKS_A_THREAD = 4;
/** How long the caller looks for the last chunks of others before it sleeps. */
const AWAKE_MS = 0.1;
/** Looks between two at the clock, which costs as much as many of them. */
const LOOKS = 64;
/** Longest sleep of the caller before it looks whether a thread hangs. */
const NAP_MS = 50;
/** Waiting this long for one chunk, whose like takes milliseconds, means that its thread is gone. */
const GONE_AFTER_MS = 2_500;
/** … or as many times as long as the caller's own slowest chunk of that job took, if that is longer. */
const GONE_AFTER_CHUNKS = 20;

/**
 * Threads over one shared heap. They join when they are up, nobody waits for them; one that vanishes or
 * hangs is replaced by the caller, who computes its chunk again, and never used any more.
 */
export class ThreadPool implements KernelPool {
  readonly mostThreads: number;
  /** Told how a thread came to its end. */
  onLost: (end: EndOfThread) => void = () => undefined;
  private readonly control: ControlBlock;
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly runner: ChunkRunner;
  private readonly kernels: readonly KernelFunction[];
  private readonly others = new Map<number, KernelThread>();
  private readonly setting: PoolSetting;
  private lostThreads = 0;
  private allowed: number;

  /** Until `start` the caller is alone. */
  constructor(setting: PoolSetting) {
    const { module, memory, threads } = setting;
    this.setting = setting;
    this.mostThreads = threads;
    this.allowed = threads;
    this.control = ControlBlock.make(threads);
    this.control.limit = threads;
    this.numbers = new Map(functionNames(module).map((name, i) => [name, i]));
    this.kernels = kernelFunctions(module, memory);
    this.runner = new ChunkRunner(this.control, this.kernels, 0);
  }

  /** Starts the other threads, which costs the caller some milliseconds; they need ten times as long. */
  start(): void {
    // Started before, or disposed of meanwhile.
    if (this.others.size > 0 || this.lostThreads > 0) return;
    const { module, memory, script, threads } = this.setting;
    const { buffer } = this.control;
    for (let thread = 1; thread < threads; thread++) {
      const lost = (reason: string): void => this.lose(thread, { how: 'ended', reason });
      try {
        this.others.set(thread, new KernelThread(script, { module, memory, buffer, thread }, lost));
      } catch (error) {
        // The system gives no further thread.
        this.lostOne({ how: 'ended', reason: String(error) });
      }
    }
  }

  get threads(): number {
    this.applyAllowance();
    let ready = 1;
    for (const thread of this.others.keys())
      if (thread < this.allowed && this.control.state(thread) === 'ready') ready += 1;
    return ready;
  }

  /** Threads that are up or will be. */
  get living(): number {
    return this.mostThreads - this.lostThreads;
  }

  /** Settles when every thread takes part that ever will. */
  async settled(): Promise<void> {
    await Promise.all([...this.others.values()].map(({ settled }) => settled));
  }

  run(
    kernel: KernelName,
    args: readonly number[],
    units: number,
    unitsAtOnce = Math.ceil(units / (this.threads * CHUNKS_A_THREAD)),
  ): void {
    if (units === 0) return;
    const number = this.numbers.get(kernel)!;
    // Nobody is woken for what one thread does.
    if (unitsAtOnce >= units || this.threads === 1) {
      this.kernels[number]!(...args, 0, 0, units);
      return;
    }
    try {
      this.control.publish({ kernel: number, args, units, unitsAtOnce });
      const slowest = this.takePart();
      const limit = Math.max(GONE_AFTER_MS, GONE_AFTER_CHUNKS * slowest);
      for (const thread of this.others.keys()) this.finish(thread, limit);
    } catch (error) {
      // A kernel that failed here will fail elsewhere; what the others would write nobody can tell.
      this.dispose();
      throw error;
    }
  }

  /** Ends all other threads: what is still to be computed the caller computes alone. */
  dispose(): void {
    this.control.drop();
    for (const thread of this.others.values()) thread.end();
    this.others.clear();
    this.lostThreads = this.mostThreads - 1;
  }

  /** The caller's own share. @returns how long its slowest chunk took, in milliseconds */
  private takePart(): number {
    const { control, runner } = this;
    let slowest = 0;
    let last = performance.now();
    for (let ticket = control.take(0); ticket !== 0; ticket = control.take(0)) {
      runner.run(ticket);
      const now = performance.now();
      slowest = Math.max(slowest, now - last);
      last = now;
    }
    return slowest;
  }

  /** Waits until a thread is at no chunk any more, or does it in its place. */
  private finish(thread: number, limit: number): void {
    if (this.released(thread)) return;
    const { control } = this;
    let waited = 0;
    for (let ticket = control.held(thread); ticket !== 0; ticket = control.held(thread)) {
      const failed = control.state(thread) === 'failed';
      if (failed || waited >= limit) {
        // Ended first: it may only have been slow, and kernels finish in place what they have written.
        this.lose(thread, failed ? { how: 'failed' } : { how: 'silent', seconds: waited / 1000 });
        this.runner.run(ticket);
        return;
      }
      // Naps are counted, not the clock, which goes on while the whole machine sleeps.
      if (!control.awaitRelease(thread, ticket, NAP_MS)) waited += NAP_MS;
    }
  }

  /** Looks for a short while whether a thread finishes. */
  private released(thread: number): boolean {
    const end = performance.now() + AWAKE_MS;
    do {
      for (let look = 0; look < LOOKS; look++) if (this.control.held(thread) === 0) return true;
    } while (performance.now() < end);
    return false;
  }

  private applyAllowance(): void {
    const allowed = this.setting.allowance();
    if (allowed === this.allowed) return;
    this.allowed = allowed;
    this.control.limit = allowed;
  }

  private lose(thread: number, end: EndOfThread): void {
    const lost = this.others.get(thread);
    if (lost === undefined) return;
    this.others.delete(thread);
    this.control.setState(thread, 'retired');
    lost.end();
    this.lostOne(end);
  }

  /** One thread fewer. */
  private lostOne(end: EndOfThread): void {
    this.lostThreads += 1;
    this.onLost(end);
  }
}
