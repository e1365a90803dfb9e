import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Heap } from '../heap';
import type { Scratch } from './scratch';

/** Of a float32, and of an address. */
const BYTES = 4;

/** Where the equal parts of tensors begin. */
export function partsOf<Tensors extends readonly TensorInfo[]>(
  heap: Heap,
  parts: number,
  tensors: readonly [...Tensors],
): { [Index in keyof Tensors]: (part: number) => number } {
  const starts = tensors.map((tensor) => {
    const address = heap.addressOf(tensor);
    const size = tensor.shape.reduce((count, one) => count * one, BYTES) / parts;
    return (part: number): number => address + part * size;
  });
  return starts as { [Index in keyof Tensors]: (part: number) => number };
}

/** Scratch memory with the addresses of tensors behind it, for a kernel to look up. */
export class ScratchTable {
  /** The scratch memory. */
  readonly room: number;
  private readonly table: number;

  /** @param tensors null: the entry is 0 */
  constructor(
    heap: Heap,
    scratch: Scratch,
    bytes: number,
    tensors: readonly (TensorInfo | null)[],
  ) {
    this.room = scratch.room(bytes + tensors.length * BYTES);
    this.table = this.room + bytes;
    const entries = new Uint32Array(heap.bytes.buffer, this.table, tensors.length);
    for (const [i, tensor] of tensors.entries()) entries[i] = tensor ? heap.addressOf(tensor) : 0;
  }

  /** Where the address of a tensor stands. */
  entry(index: number): number {
    return this.table + index * BYTES;
  }
}
