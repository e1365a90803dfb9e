import { backend, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Heap } from '../heap';

/**
 * A heap that knows what a kernel makes: tfjs does not know of it until the kernel is done, so when
 * memory or threads give out on the way nobody else would free it.
 */
export class WatchedHeap implements Heap {
  private made: TensorInfo[] = [];

  constructor(private readonly heap: Heap) {}

  get floats(): Float32Array {
    return this.heap.floats;
  }

  get bytes(): Uint8Array {
    return this.heap.bytes;
  }

  addressOf(tensor: TensorInfo): number {
    return this.heap.addressOf(tensor);
  }

  makeTensor(shape: readonly number[], dtype: 'float32' | 'int32'): TensorInfo {
    const tensor = this.heap.makeTensor(shape, dtype);
    this.made.push(tensor);
    return tensor;
  }

  allocate(bytes: number): number {
    return this.heap.allocate(bytes);
  }

  free(address: number): void {
    this.heap.free(address);
  }

  /** Computes a kernel: all of it, or nothing stays. */
  run<T>(kernel: () => T): T {
    this.made = [];
    try {
      return kernel();
    } catch (error) {
      for (const { dataId } of this.made) backend().disposeData(dataId);
      throw error;
    }
  }
}
