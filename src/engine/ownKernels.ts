import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { inlinePool } from '../kernels/pool/inlinePool';
import { ThreadPool } from '../kernels/pool/threadPool';
import type { Heap } from '../kernels/heap';
import type { KernelPool } from '../kernels/kernelPool';
import { registerKernels } from '../kernels/registered/registerKernels';
import { TfjsHeap } from '../kernels/tfjsHeap';
import { compileWasm, type WasmModule } from '../kernels/webAssembly';
import type { WasmVariant } from './wasmVariant';

/** Headlight's kernels over tfjs's memory. */
export interface OwnKernels {
  readonly heap: Heap;
  readonly pool: KernelPool;
  /** Null: the one thread there is cannot be lost. */
  readonly threads: ThreadPool | null;
  /** Takes them out of tfjs's registry and ends their threads. */
  dispose(): void;
}

/** Headlight's kernels, compiled for a variant. */
export async function ownModule(
  { instructions, shared }: WasmVariant,
  directory: string,
): Promise<WasmModule> {
  const file = `headlight-${instructions}${shared ? '-shared' : ''}.wasm`;
  return compileWasm(await readFile(path.join(directory, file)));
}

/** @param allowance how many threads may take part now; asked before every job */
export function startOwnKernels(
  backend: BackendWasm,
  module: WasmModule,
  { shared, threads }: WasmVariant,
  directory: string,
  allowance: () => number,
): OwnKernels {
  const heap = new TfjsHeap(backend);
  const { memory } = heap;
  const script = path.join(directory, 'kernelWorker.js');
  const several = shared ? new ThreadPool({ module, memory, script, threads, allowance }) : null;
  // Not now: who waits for the engine to be up would wait for that, too.
  if (several) setImmediate(() => several.start());
  const pool = several ?? inlinePool(module, memory);
  const unregister = registerKernels({ heap, pool });
  return {
    heap,
    pool,
    threads: several,
    dispose: () => {
      unregister();
      several?.dispose();
    },
  };
}
