/** Measures computing; it stands still while messages are let in between. */
export class Stopwatch {
  private waited = 0;

  /** What some work comes to, and the milliseconds it takes without the waits in it. */
  async measure<T>(
    work: () => Promise<T>,
  ): Promise<{ readonly value: T; readonly milliseconds: number }> {
    this.waited = 0;
    const start = performance.now();
    const value = await work();
    return { value, milliseconds: performance.now() - start - this.waited };
  }

  /** Something to wait for that is no part of what is measured. */
  async wait(until: () => Promise<void>): Promise<void> {
    const start = performance.now();
    await until();
    this.waited += performance.now() - start;
  }
}
