import { Worker, type TransferListItem } from 'node:worker_threads';
import type { EngineOptions } from '../../protocol/engineOptions';
import type { EnginePort } from '../../protocol/enginePort';

/**
 * JavaScript heap of the engine's thread. Weights, activations and traces live in ArrayBuffers and
 * WASM memory, which do not count here; vocabularies and token lists do and stay far below. With a
 * limit of its own a leak ends the thread alone; without, it would end the extension host.
 */
const HEAP_LIMIT_MB = 1024;

/** The engine as a worker thread of the extension host's process: the default, cheapest to reach. */
export class ThreadPort implements EnginePort {
  /** Public for tests that take it down from outside, as the system would. */
  readonly worker: Worker;
  private killed = false;

  constructor(script: string, options: EngineOptions) {
    this.worker = new Worker(script, {
      name: 'headlight-engine',
      workerData: options,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_LIMIT_MB },
      // The host may run under --inspect or with loaders that mean nothing to the engine.
      execArgv: [],
    });
  }

  post(message: unknown, transfer: readonly ArrayBuffer[] = []): void {
    this.worker.postMessage(message, transfer as readonly TransferListItem[]);
  }

  onMessage(listener: (message: unknown) => void): void {
    this.worker.on('message', listener);
  }

  onExit(listener: (reason: string) => void): void {
    // An `error` is always followed by `exit`; the error has the better words.
    let reason: string | null = null;
    this.worker.on('error', (error: Error) => (reason = error.message));
    this.worker.on('exit', (code) => {
      if (!this.killed) listener(reason ?? `exit code ${code}`);
    });
  }

  kill(): void {
    this.killed = true;
    void this.worker.terminate();
  }
}
