import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Heap } from '../heap';
import type { KernelPool } from '../kernelPool';
import { FLOAT, sizeOf } from './infos';

/** Puts matrices into panels `[panel, in, 8]`, and takes them out again. */
export class PackedMatrices {
  constructor(
    private readonly pool: KernelPool,
    private readonly heap: Heap,
  ) {}

  /** @param rows of all inputs, `[some outputs, in]`, the first of them at the beginning of a panel */
  packOutputs(rows: TensorInfo, packed: TensorInfo, firstOutput: number): void {
    const { heap, pool } = this;
    const [outputs, inputs] = sizeOf(rows);
    const to = heap.addressOf(packed) + firstOutput * inputs * FLOAT;
    const panels = Math.ceil(outputs / packed.shape[2]!);
    pool.run('packTransposed', [heap.addressOf(rows), to, inputs, outputs], panels);
  }

  /** @param rows of all outputs, `[some inputs, out]` */
  packInputs(rows: TensorInfo, packed: TensorInfo, firstInput: number): void {
    const { heap } = this;
    const [panels = 0, inputs = 0, width = 0] = packed.shape;
    const [count] = sizeOf(rows);
    if (count === inputs) return this.pack(rows, heap.addressOf(packed), panels);
    // Packed by themselves, then panel by panel to where they belong.
    const panel = count * width * FLOAT;
    const part = heap.allocate(panels * panel);
    try {
      this.pack(rows, part, panels);
      const to = heap.addressOf(packed);
      for (let i = 0; i < panels; i++) {
        const at = to + (i * inputs + firstInput) * width * FLOAT;
        heap.bytes.copyWithin(at, part + i * panel, part + (i + 1) * panel);
      }
    } finally {
      heap.free(part);
    }
  }

  /** `[in, out]` */
  unpack(packed: TensorInfo, outputs: number): TensorInfo {
    const { heap, pool } = this;
    const [, inputs = 0] = packed.shape;
    const plain = heap.makeTensor([inputs, outputs], 'float32');
    const [from, to] = [heap.addressOf(packed), heap.addressOf(plain)];
    pool.run('unpack', [from, to, inputs, outputs], inputs);
    return plain;
  }

  /** `[ids, in]` */
  columns(packed: TensorInfo, ids: TensorInfo): TensorInfo {
    const { heap, pool } = this;
    const [, inputs = 0] = packed.shape;
    const [count = 0] = ids.shape;
    const rows = heap.makeTensor([count, inputs], 'float32');
    const [from, to] = [heap.addressOf(packed), heap.addressOf(rows)];
    pool.run('packedColumns', [from, heap.addressOf(ids), to, inputs], count);
    return rows;
  }

  private pack(rows: TensorInfo, to: number, panels: number): void {
    const [inputs, outputs] = sizeOf(rows);
    this.pool.run('pack', [this.heap.addressOf(rows), to, inputs, outputs], panels);
  }
}
