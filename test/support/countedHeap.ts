import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { Failure } from '../../src/failure/failure';
import type { TfjsModule } from '../../src/kernels/tfjsModule';

const MB = 2 ** 20;

/** What is allocated in the heap of the WASM backend in use, counted from now on. */
export class CountedHeap {
  private readonly sizes = new Map<number, number>();
  private readonly module: TfjsModule;
  private readonly original: Pick<TfjsModule, '_malloc' | '_free'>;
  /** What `fill` took. */
  private readonly filling: number[] = [];
  private allocated = 0;
  private failing = Number.POSITIVE_INFINITY;

  constructor() {
    this.module = (tf.backend() as BackendWasm).wasm as unknown as TfjsModule;
    const { _malloc, _free } = this.module;
    this.original = { _malloc, _free };
    this.module._malloc = (bytes) => {
      this.allocated++;
      if (this.allocated === this.failing)
        throw new Failure('memory.heap', { wanted: 0, held: 0, limit: 0 });
      const address = _malloc(bytes);
      this.sizes.set(address >>> 0, bytes);
      return address;
    };
    this.module._free = (address) => {
      this.sizes.delete(address >>> 0);
      _free(address);
    };
  }

  /** Bytes allocated since counting began and not freed. */
  get bytes(): number {
    return [...this.sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  /** Lowest address of what is allocated. */
  get lowest(): number {
    return Math.min(...this.sizes.keys());
  }

  /** How often something was allocated since this was asked before. */
  takeCount(): number {
    const { allocated } = this;
    this.allocated = 0;
    return allocated;
  }

  /** From now on, only the nth allocation fails; null: none. */
  failAt(nth: number | null): void {
    this.allocated = 0;
    this.failing = nth ?? Number.POSITIVE_INFINITY;
  }

  /** Takes all there is, but for about `left` bytes. No page of it is touched, so it costs nothing. */
  fill(left: number): void {
    const { _malloc, _free } = this.original;
    const spare = left > 0 ? _malloc(left) : 0;
    for (let size = 64 * MB; size >= 64;) {
      try {
        this.filling.push(_malloc(size));
      } catch {
        size /= 2;
      }
    }
    if (left > 0) _free(spare);
  }

  /** Takes so much that what comes then lies beyond it, in no gap that is left. */
  raise(bytes: number): void {
    for (let size = 64 * MB; size >= 4; size /= 2) {
      let address = this.original._malloc(size) >>> 0;
      for (; address < bytes; address = this.original._malloc(size) >>> 0)
        this.filling.push(address);
      this.original._free(address);
    }
  }

  empty(): void {
    for (const address of this.filling) this.original._free(address);
    this.filling.length = 0;
  }

  /** Ends counting. */
  restore(): void {
    this.empty();
    Object.assign(this.module, this.original);
  }
}
