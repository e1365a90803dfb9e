import type { Computation } from '../protocol/engineOptions';
import type { WasmFeatures } from './wasmFeatures';

/** Which WebAssembly computes, and on how many threads. */
export interface WasmVariant {
  readonly kernels: 'own' | 'stock';
  /** Instructions of the kernels that count: our own, or tfjs's, which know no relaxed SIMD. */
  readonly instructions: 'plain' | 'simd' | 'relaxed';
  /** tfjs's memory is shared, so that threads can compute in it. */
  readonly shared: boolean;
  readonly threads: number;
}

/** The fastest variant that is asked for and that this machine has. */
export function wasmVariant(
  { kernels, threads: asked, relaxedSimd, sharedMemory }: Computation,
  features: WasmFeatures,
  cores: number,
): WasmVariant {
  if (!features.simd) return { kernels: 'stock', instructions: 'plain', shared: false, threads: 1 };
  const most = features.threads && sharedMemory ? asked || cores : 1;
  const common = { shared: most > 1, threads: most };
  if (kernels === 'stock') return { kernels, instructions: 'simd', ...common };
  const relaxed = features.relaxedSimd && relaxedSimd;
  return { kernels, instructions: relaxed ? 'relaxed' : 'simd', ...common };
}

export const sameVariant = (one: WasmVariant, other: WasmVariant): boolean =>
  one.kernels === other.kernels &&
  one.instructions === other.instructions &&
  one.threads === other.threads;

/** The same in short, for people and files: `wasm-own-relaxed-2t`. */
export const variantName = ({ kernels, instructions }: WasmVariant, threads: number): string =>
  `wasm-${kernels}-${instructions}-${threads}t`;
