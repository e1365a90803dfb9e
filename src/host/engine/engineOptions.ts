/** What an engine is told at its start: `workerData` of the thread, first argument (JSON) of the child. */
export interface EngineOptions {
  /** Folder of the `.wasm` files. */
  readonly wasmDirectory: string;
  readonly backend: BackendChoice;
  /** Bytes that traces may hold before the oldest is dropped. */
  readonly memoryBudgetBytes: number;
}

/** `auto`: WASM where its SIMD is available, else plain JavaScript with a notice. */
export type BackendChoice = 'auto' | 'wasm' | 'cpu';

/** `auto`: a thread, and a child process after a crash. */
export type EnginePlace = 'auto' | EngineKind;
export type EngineKind = 'thread' | 'child';

/**
 * Share of the machine's memory for traces. An eighth leaves the editor, the language servers and
 * the model itself their room; the bounds keep small machines usable and big ones from hoarding.
 */
const TRACE_SHARE = 1 / 8;
const LEAST_TRACE_BYTES = 128 * 2 ** 20;
const MOST_TRACE_BYTES = 2 ** 30;

export const traceBudgetBytes = (totalMemoryBytes: number): number =>
  Math.round(
    Math.min(MOST_TRACE_BYTES, Math.max(LEAST_TRACE_BYTES, totalMemoryBytes * TRACE_SHARE)),
  );
