/**
 * The only way to an engine, wherever it runs: a worker thread, a child process, or this thread.
 * Messages are structured clones; `transfer` buffers move instead of being copied where possible.
 */
export interface EnginePort {
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once when the engine is gone without `kill`; `reason` is for people. */
  onExit(listener: (reason: string) => void): void;
  kill(): void;
}
