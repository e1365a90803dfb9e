import type { Heap } from '../heap';

/** Memory for what lasts no longer than one kernel: allocated once, again only where more is needed. */
export class Scratch {
  private address = 0;
  private bytes = 0;

  constructor(private readonly heap: Heap) {}

  /** At least so many bytes, at a multiple of 16; what was given before is no longer valid. */
  room(bytes: number): number {
    if (bytes <= this.bytes) return this.address;
    this.dispose();
    this.address = this.heap.allocate(bytes);
    this.bytes = bytes;
    return this.address;
  }

  dispose(): void {
    if (this.bytes > 0) this.heap.free(this.address);
    this.bytes = 0;
  }
}
