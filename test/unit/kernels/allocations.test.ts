import assert from 'node:assert/strict';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { Failure } from '../../../src/failure/failure';
import { TfjsHeap } from '../../../src/kernels/tfjsHeap';
import { guardAllocations, type TfjsModule } from '../../../src/kernels/tfjsModule';
import { useWasm } from '../../support/wasm';

/** A module whose allocator gives these addresses, one after another, and tells what it was asked. */
function moduleGiving(...addresses: number[]): TfjsModule & { asked: number[]; freed: number[] } {
  const asked: number[] = [];
  const freed: number[] = [];
  return {
    asked,
    freed,
    _malloc: (bytes) => {
      asked.push(bytes);
      return addresses.shift()!;
    },
    _free: (address) => void freed.push(address),
    asm: { memory: { buffer: new ArrayBuffer(3 * 2 ** 20) } },
  };
}

const FIRST_CALL = 16;

describe('allocations in tfjs’s memory', () => {
  it('are refused with numbers when the heap is full', () => {
    const module = moduleGiving(FIRST_CALL, 0);
    guardAllocations(module);
    assert.throws(
      () => module._malloc(2.5 * 2 ** 20),
      (error: unknown) => {
        assert.ok(error instanceof Failure);
        assert.equal(error.code, 'memory.heap');
        assert.deepEqual(error.args, { wanted: 3, held: 3, limit: 4096 });
        return true;
      },
    );
  });

  it('are refused when their size does not fit in 32 bits', () => {
    const module = moduleGiving(FIRST_CALL);
    guardAllocations(module);
    const begun = module.asked.length;
    assert.throws(() => module._malloc(2 ** 32 + 64), /memory\.heap/);
    assert.equal(module.asked.length, begun, 'the allocator would have seen 64 bytes');
  });

  it('lie at multiples of 16, above 2 GB too, and are freed as they were given', () => {
    const high = 2 ** 31 + 8;
    const module = moduleGiving(FIRST_CALL, 24, 48, high - 2 ** 32);
    guardAllocations(module);
    guardAllocations(module);
    module.freed.length = 0;
    const addresses = [1, 2, 3].map((bytes) => module._malloc(bytes));
    assert.deepEqual(addresses, [32, 48, high + 8]);
    for (const address of addresses) module._free(address);
    assert.deepEqual(module.freed, [24, 48, high]);
  });

  it('are those of tensors, which stay readable as the heap grows', async () => {
    await useWasm();
    const heap = new TfjsHeap(tf.backend() as BackendWasm);
    const small = tf.tensor1d([1, 2, 3]);
    const before = heap.bytes;
    const large = tf.ones([Math.ceil(before.length / 4)]);
    assert.notEqual(heap.bytes, before, 'the heap has grown');
    for (const tensor of [small, large]) {
      const address = heap.addressOf(tensor);
      assert.equal(address % 16, 0);
      assert.equal(heap.floats[address / 4], tensor.dataSync()[0]);
    }
    tf.dispose([small, large]);
    const address = heap.allocate(100);
    assert.equal(address % 16, 0);
    heap.free(address);
  });
});
