import { registerKernel, unregisterKernel, type KernelFunc } from '@tensorflow/tfjs-core';
import type { Heap } from '../heap';
import type { KernelPool } from '../kernelPool';
import { attendKernels } from './attendKernels';
import { keysValuesKernels } from './keysValuesKernels';
import { matrixKernels } from './matrixKernels';
import { quantisedKernels } from './quantisedKernels';
import { rowKernels } from './rowKernels';
import { Scratch } from './scratch';
import { WatchedHeap } from './watchedHeap';

/** What kernels compute with. */
export interface KernelParts {
  readonly heap: Heap;
  readonly pool: KernelPool;
}

/** The backend whose heap the kernels compute in. */
const BACKEND = 'wasm';

/**
 * Gives tfjs's WASM backend the Transformer's kernels.
 * @returns takes them away again
 */
export function registerKernels({ heap: whole, pool }: KernelParts): () => void {
  const heap = new WatchedHeap(whole);
  const scratch = new Scratch(heap);
  const kernels = {
    ...matrixKernels(pool, heap),
    ...rowKernels(pool, heap),
    ...keysValuesKernels(pool, heap),
    ...attendKernels(pool, heap, scratch),
    ...quantisedKernels(pool, heap, scratch),
  };
  const names = Object.keys(kernels);
  for (const [kernelName, compute] of Object.entries(kernels)) {
    // What is declared of a kernel's inputs is checked where the Transformer runs it.
    const run = compute as (inputs: unknown, attributes: unknown) => ReturnType<KernelFunc>;
    const kernelFunc: KernelFunc = ({ inputs, attrs }) => heap.run(() => run(inputs, attrs));
    registerKernel({ kernelName, backendName: BACKEND, kernelFunc });
  }
  return () => {
    for (const name of names) unregisterKernel(name, BACKEND);
    scratch.dispose();
  };
}
