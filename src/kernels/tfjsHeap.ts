import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Heap } from './heap';
import { guardAllocations, memoryOf, type TfjsModule } from './tfjsModule';
import type { WasmMemory } from './webAssembly';

/** The memory of tfjs's WASM backend, whose allocations are guarded and aligned (see `guardAllocations`). */
export class TfjsHeap implements Heap {
  readonly memory: WasmMemory;
  private readonly module: TfjsModule;
  private viewed: ArrayBuffer | SharedArrayBuffer | undefined;
  private floatView: Float32Array = new Float32Array(0);
  private byteView: Uint8Array = new Uint8Array(0);

  constructor(private readonly backend: BackendWasm) {
    this.module = backend.wasm as unknown as TfjsModule;
    this.memory = memoryOf(this.module);
    guardAllocations(this.module);
  }

  get floats(): Float32Array {
    this.renewViews();
    return this.floatView;
  }

  get bytes(): Uint8Array {
    this.renewViews();
    return this.byteView;
  }

  addressOf({ dataId }: TensorInfo): number {
    return this.backend.getMemoryOffset(dataId);
  }

  makeTensor(shape: readonly number[], dtype: 'float32' | 'int32'): TensorInfo {
    return this.backend.makeOutput([...shape], dtype);
  }

  allocate(bytes: number): number {
    return this.module._malloc(bytes);
  }

  free(address: number): void {
    this.module._free(address);
  }

  private renewViews(): void {
    const { buffer } = this.memory;
    if (buffer === this.viewed) return;
    this.viewed = buffer;
    this.floatView = new Float32Array(buffer);
    this.byteView = new Uint8Array(buffer);
  }
}
