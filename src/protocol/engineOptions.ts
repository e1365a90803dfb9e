import * as v from 'valibot';
import { indexSchema } from './address';

/** `auto`: WASM where its SIMD is available, else plain JavaScript with a notice. */
export const backendChoiceSchema = v.picklist(['auto', 'wasm', 'cpu']);
export type BackendChoice = v.InferOutput<typeof backendChoiceSchema>;

/** `own`: Headlight's WebAssembly for what takes the time; `stock`: nothing but tfjs. */
export const kernelChoiceSchema = v.picklist(['own', 'stock']);
export type KernelChoice = v.InferOutput<typeof kernelChoiceSchema>;

/** More threads than any machine this runs on has cores. */
export const MOST_THREADS = 64;

/** How WebAssembly shall compute. What the machine does not have is not used, whatever is said here. */
export const computationSchema = v.strictObject({
  kernels: kernelChoiceSchema,
  /** 0: as many as there are cores, one fewer while somebody types. */
  threads: v.pipe(indexSchema, v.maxValue(MOST_THREADS)),
  /** False: not even where the machine has it. */
  relaxedSimd: v.boolean(),
  /** False: not even where there is shared memory; then one thread computes. */
  sharedMemory: v.boolean(),
});
export type Computation = v.InferOutput<typeof computationSchema>;

/** As fast as the machine allows. */
export const FASTEST: Computation = {
  kernels: 'own',
  threads: 0,
  relaxedSimd: true,
  sharedMemory: true,
};

/** What an engine is told at its start: `workerData` of the thread, first argument (JSON) of the child. */
export const engineOptionsSchema = v.strictObject({
  /** Folder of the `.wasm` files, and of the scripts of their threads. */
  wasmDirectory: v.string(),
  backend: backendChoiceSchema,
  ...computationSchema.entries,
  /** Bytes that traces may hold before the oldest is dropped. */
  memoryBudgetBytes: indexSchema,
});
export type EngineOptions = v.InferOutput<typeof engineOptionsSchema>;
