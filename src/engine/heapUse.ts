import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { backend, memory } from '@tensorflow/tfjs-core';
import { MOST_BYTES, memoryOf, type TfjsModule } from '../kernels/tfjsModule';

/** The memory that WebAssembly's backend computes in, in bytes. */
export interface HeapUse {
  /** What it can grow to. */
  readonly limit: number;
  /** What it has taken from the system and never gives back. */
  readonly held: number;
  /** Of that, in tensors. */
  readonly used: number;
}

/** Null: the backend in use computes in JavaScript's own memory. */
export function heapUse(): HeapUse | null {
  const current = backend();
  if (!(current instanceof BackendWasm)) return null;
  const held = memoryOf(current.wasm as unknown as TfjsModule).buffer.byteLength;
  return { limit: MOST_BYTES, held, used: memory().numBytes };
}
