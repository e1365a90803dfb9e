import * as v from 'valibot';
import { indexSchema } from './address';

/** `auto`: WASM where its SIMD is available, else plain JavaScript with a notice. */
export const backendChoiceSchema = v.picklist(['auto', 'wasm', 'cpu']);
export type BackendChoice = v.InferOutput<typeof backendChoiceSchema>;

/** What an engine is told at its start: `workerData` of the thread, first argument (JSON) of the child. */
export const engineOptionsSchema = v.strictObject({
  /** Folder of the `.wasm` files. */
  wasmDirectory: v.string(),
  backend: backendChoiceSchema,
  /** Bytes that traces may hold before the oldest is dropped. */
  memoryBudgetBytes: indexSchema,
});
export type EngineOptions = v.InferOutput<typeof engineOptionsSchema>;
