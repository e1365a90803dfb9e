import type { KernelName } from '../kernelArguments';
import { kernelFunctions, type KernelFunction } from '../kernelFunctions';
import type { KernelPool } from '../kernelPool';
import { functionNames, type WasmMemory, type WasmModule } from '../webAssembly';

/** This thread alone: where there is one core, or no memory to share. */
export function inlinePool(module: WasmModule, memory: WasmMemory): KernelPool {
  const functions = kernelFunctions(module, memory);
  const byName = new Map<string, KernelFunction>(
    functionNames(module).map((name, i) => [name, functions[i]!]),
  );
  return {
    threads: 1,
    mostThreads: 1,
    run: (kernel: KernelName, args: readonly number[], units: number) =>
      byName.get(kernel)!(...args, 0, 0, units),
  };
}
