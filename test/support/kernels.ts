// Every number may be computed by tfjs's own kernels or by Headlight's: most tests of models run on both.
import { readFile } from 'node:fs/promises';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { inlinePool } from '../../src/kernels/pool/inlinePool';
import { registerKernels } from '../../src/kernels/registered/registerKernels';
import { TfjsHeap } from '../../src/kernels/tfjsHeap';
import { compileWasm } from '../../src/kernels/webAssembly';
import { useWasm } from './wasm';

const KERNELS = ['stock', 'own'] as const;
export type Kernels = (typeof KERNELS)[number];

/** A suite of tests, once on each. */
export function describeKernels(
  what: string,
  tests: () => void,
  kernels: readonly Kernels[] = KERNELS,
): void {
  for (const by of kernels)
    describe(`${what} (${by} kernels)`, () => {
      onKernels(by);
      tests();
    });
}

/** All tests of the suite that this is called in compute with these, on one thread. */
export function onKernels(kernels: Kernels): void {
  let takeAway: (() => void) | null = null;
  before(async () => {
    await useWasm();
    if (kernels === 'own') takeAway = await useOwnKernels();
  });
  after(() => takeAway?.());
}

/** Which of them: `relaxed` where Node.js has relaxed SIMD. */
const VARIANT = process.env['HEADLIGHT_KERNELS'] ?? 'simd';

/** Headlight's kernels in the memory of tfjs's SIMD build. @returns takes them away again */
export async function useOwnKernels(): Promise<() => void> {
  const heap = new TfjsHeap(tf.backend() as BackendWasm);
  const module = compileWasm(await readFile(`dist/wasm/headlight-${VARIANT}.wasm`));
  return registerKernels({ heap, pool: inlinePool(module, heap.memory) });
}
