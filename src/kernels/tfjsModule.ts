import { Failure } from '../failure/failure';
import type { WasmMemory } from './webAssembly';

/** What Headlight uses of the object that tfjs's WebAssembly is reached by (made by emscripten). */
export interface TfjsModule {
  /** Signed at first: addresses of the upper half are negative. 0: there is no such memory. */
  _malloc(bytes: number): number;
  _free(address: number): void;
  /** Where the memory was made outside and given to the module: in the build with threads. */
  readonly wasmMemory?: WasmMemory;
  /** Exports of the module; its memory is among them in the builds without threads. */
  readonly asm: { readonly memory?: WasmMemory };
}

/** Bytes that the heap may grow to: what emscripten's allocator can address. */
export const MOST_BYTES = 4_294_901_760;
const MEGABYTE = 2 ** 20;

/** @throws Error if tfjs was built in a way that is not known here */
export function memoryOf(module: TfjsModule): WasmMemory {
  const memory = module.wasmMemory ?? module.asm.memory;
  if (memory === undefined) throw new Error('tfjs’s WebAssembly has no memory');
  return memory;
}

/** Loads of 16 bytes that cross a cache line cost a one-row product a sixth of its time. */
const ALIGNMENT = 16;
/** What emscripten's allocator aligns to. */
const GIVEN_ALIGNMENT = 8;

const guarded = new WeakSet<TfjsModule>();

/**
 * tfjs does not look whether it was given memory, and would write to address 0. From now on whatever its
 * JavaScript allocates is there, or the allocation throws Failure `memory.heap`; and it lies at a multiple
 * of 16.
 */
export function guardAllocations(module: TfjsModule): void {
  if (guarded.has(module)) return;
  guarded.add(module);
  // The first call of either puts the function itself into the place of a stub: it would undo what follows.
  module._free(module._malloc(1));
  const { _malloc: allocate, _free: free } = module;
  const memory = memoryOf(module);
  /** What the allocator gave where it is not what is used. */
  const given = new Map<number, number>();
  module._malloc = (bytes) => {
    // More than the heap's limit would come down to a few bytes in 32 bits.
    const address = bytes < MOST_BYTES ? allocate(bytes + ALIGNMENT - GIVEN_ALIGNMENT) >>> 0 : 0;
    if (address === 0) {
      throw new Failure('memory.heap', {
        wanted: Math.ceil(bytes / MEGABYTE),
        held: Math.round(memory.buffer.byteLength / MEGABYTE),
        limit: Math.round(MOST_BYTES / MEGABYTE),
      });
    }
    if (address % ALIGNMENT === 0) return address;
    given.set(address + GIVEN_ALIGNMENT, address);
    return address + GIVEN_ALIGNMENT;
  };
  module._free = (address) => {
    free(given.get(address) ?? address);
    given.delete(address);
  };
}
