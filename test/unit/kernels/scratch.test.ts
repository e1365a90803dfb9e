import assert from 'node:assert/strict';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Heap } from '../../../src/kernels/heap';
import { partsOf, ScratchTable } from '../../../src/kernels/registered/addresses';
import { Scratch } from '../../../src/kernels/registered/scratch';

/** A heap of a few bytes that never uses an address twice. */
class SmallHeap implements Heap {
  readonly bytes = new Uint8Array(4096);
  readonly floats = new Float32Array(this.bytes.buffer);
  readonly used = new Map<number, number>();
  private end = 16;

  addressOf({ dataId }: TensorInfo): number {
    return (dataId as { readonly address: number }).address;
  }

  makeTensor(): TensorInfo {
    throw new Error('not asked for here');
  }

  allocate(bytes: number): number {
    const address = this.end;
    this.end += Math.ceil(bytes / 16) * 16;
    this.used.set(address, bytes);
    return address;
  }

  free(address: number): void {
    assert.ok(this.used.delete(address), 'freed once');
  }
}

const tensorAt = (address: number, shape: number[]): TensorInfo => ({
  dataId: { address },
  shape,
  dtype: 'float32',
});

describe('memory of kernels while they run', () => {
  it('is allocated again only where more is needed, and freed once', () => {
    const heap = new SmallHeap();
    const scratch = new Scratch(heap);
    scratch.dispose();
    const first = scratch.room(100);
    assert.equal(scratch.room(60), first);
    assert.equal(scratch.room(100), first);
    assert.notEqual(scratch.room(101), first);
    assert.deepEqual([...heap.used.values()], [101]);
    scratch.dispose();
    scratch.dispose();
    assert.equal(heap.used.size, 0);
    scratch.room(8);
    assert.equal(heap.used.size, 1);
  });

  it('holds nothing after an allocation that failed', () => {
    const heap = new SmallHeap();
    const scratch = new Scratch(heap);
    scratch.room(16);
    const full = new Error('full');
    heap.allocate = () => {
      throw full;
    };
    assert.throws(() => scratch.room(32), full);
    scratch.dispose();
    assert.equal(heap.used.size, 0);
  });

  it('has addresses behind it that kernels look up', () => {
    const heap = new SmallHeap();
    const table = new ScratchTable(heap, new Scratch(heap), 64, [
      tensorAt(2 ** 32 - 16, [2]),
      null,
      tensorAt(48, [3]),
    ]);
    const entries = [0, 1, 2].map((i) =>
      heap.bytes.buffer.slice(table.entry(i), table.entry(i + 1)),
    );
    assert.equal(table.entry(0), table.room + 64);
    assert.deepEqual(
      entries.map((bytes) => new Uint32Array(bytes)[0]),
      [2 ** 32 - 16, 0, 48],
    );
  });

  it('parts of tensors begin one behind another', () => {
    const heap = new SmallHeap();
    const tensors = [tensorAt(16, [3, 5]), tensorAt(160, [6])] as const;
    const [rows, numbers] = partsOf(heap, 3, tensors);
    assert.deepEqual([0, 1, 2].map(rows), [16, 36, 56]);
    assert.deepEqual([0, 1, 2].map(numbers), [160, 168, 176]);
  });
});
