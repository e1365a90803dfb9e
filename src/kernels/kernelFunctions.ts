import { functionNames, instantiateWasm, type WasmMemory, type WasmModule } from './webAssembly';

/** A kernel as it is called: its arguments and its job, all numbers. */
export type KernelFunction = (...all: number[]) => void;

/** Kernels of a module by number, in the memory they compute in: the same numbers in every thread. */
export function kernelFunctions(module: WasmModule, memory: WasmMemory): KernelFunction[] {
  const exports = instantiateWasm(module, memory);
  return functionNames(module).map((name) => exports[name] as KernelFunction);
}
