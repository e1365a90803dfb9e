import type { KernelArguments, KernelName } from './kernelArguments';

/** Threads that compute a kernel together, the caller among them. */
export interface KernelPool {
  /** Threads that take part in the next job. */
  readonly threads: number;
  /** Threads there can ever be: what scratch memory is needed for. */
  readonly mostThreads: number;
  /**
   * Computes units 0 … `units` − 1 and comes back when all are done.
   * A thread that is lost on the way is replaced by the caller.
   * @param unitsAtOnce what a thread takes at a time; undefined: a quarter of its share; all: nobody else
   *   is woken
   */
  run<Name extends KernelName>(
    kernel: Name,
    args: KernelArguments[Name],
    units: number,
    unitsAtOnce?: number,
  ): void;
}
