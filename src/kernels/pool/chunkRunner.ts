import type { KernelFunction } from '../kernelFunctions';
import type { ControlBlock } from './controlBlock';

/** Computes chunks of whatever job is in the control block, for one thread. */
export class ChunkRunner {
  private serial = 0;
  /** Arguments of the job; then the thread, and the units. */
  private all: number[] = [];
  private kernel: KernelFunction | undefined;

  constructor(
    private readonly control: ControlBlock,
    private readonly kernels: readonly KernelFunction[],
    private readonly thread: number,
  ) {}

  /** @param ticket of a chunk that somebody holds, so that the job stands still */
  run(ticket: number): void {
    const { control, thread } = this;
    if (control.serial !== this.serial) {
      this.serial = control.serial;
      const { kernel, args } = control.job();
      this.kernel = this.kernels[kernel];
      this.all = [...args, thread, 0, 0];
    }
    const { from, to } = control.unitsOf(ticket);
    this.all.splice(-2, 2, from, to);
    this.kernel!(...this.all);
  }
}
