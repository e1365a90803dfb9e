import assert from 'node:assert/strict';
import { variantName, wasmVariant } from '../../../src/engine/wasmVariant';
import { FASTEST, type Computation } from '../../../src/protocol/engineOptions';

const ALL = { simd: true, threads: true, relaxedSimd: true };
const CORES = 4;

const chosen = (
  asked: Partial<Computation> = {},
  features = ALL,
  cores = CORES,
): readonly [name: string, shared: boolean] => {
  const variant = wasmVariant({ ...FASTEST, ...asked }, features, cores);
  return [variantName(variant, variant.threads), variant.shared];
};

describe('which WebAssembly computes', () => {
  it('is the fastest that the machine has', () => {
    assert.deepEqual(chosen(), ['wasm-own-relaxed-4t', true]);
    assert.deepEqual(chosen({}, { ...ALL, relaxedSimd: false }), ['wasm-own-simd-4t', true]);
    assert.deepEqual(chosen({}, { ...ALL, threads: false }), ['wasm-own-relaxed-1t', false]);
    assert.deepEqual(chosen({}, { ...ALL, simd: false }), ['wasm-stock-plain-1t', false]);
  });

  it('shares no memory where there is nobody to share it with', () => {
    assert.deepEqual(chosen({}, ALL, 1), ['wasm-own-relaxed-1t', false]);
    assert.deepEqual(chosen({ threads: 1 }), ['wasm-own-relaxed-1t', false]);
    assert.deepEqual(chosen({ threads: 1, kernels: 'stock' }), ['wasm-stock-simd-1t', false]);
  });

  it('leaves out what it is told to leave out', () => {
    assert.deepEqual(chosen({ relaxedSimd: false }), ['wasm-own-simd-4t', true]);
    assert.deepEqual(chosen({ sharedMemory: false }), ['wasm-own-relaxed-1t', false]);
    assert.deepEqual(chosen({ sharedMemory: false, threads: 3 }), ['wasm-own-relaxed-1t', false]);
    assert.deepEqual(chosen({ kernels: 'stock' }), ['wasm-stock-simd-4t', true]);
  });

  it('has as many threads as are asked for', () => {
    assert.deepEqual(chosen({ threads: 7 }), ['wasm-own-relaxed-7t', true]);
    assert.deepEqual(chosen({ threads: 2, kernels: 'stock' }), ['wasm-stock-simd-2t', true]);
  });
});
