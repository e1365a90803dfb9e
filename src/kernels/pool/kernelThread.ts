import { Worker } from 'node:worker_threads';
import type { WasmMemory, WasmModule } from '../webAssembly';

/** What a kernel thread is given at its start. */
export interface KernelWorkerData {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
  readonly buffer: SharedArrayBuffer;
  /** Its number, from 1: 0 is who gives out the jobs. */
  readonly thread: number;
}

/** It holds no objects but a few views; its kernels allocate nothing. */
const LIMITS = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4, stackSizeMb: 1 };

/** A thread that computes kernels; it keeps no process alive. */
export class KernelThread {
  /** Settles when it takes part, or never will. */
  readonly settled: Promise<void>;
  private readonly worker: Worker;
  private over = false;

  /** @param lost called once if it ends without being told to */
  constructor(script: string, data: KernelWorkerData, lost: (reason: string) => void) {
    const worker = new Worker(script, {
      name: `headlight-kernels-${data.thread}`,
      workerData: data,
      resourceLimits: LIMITS,
      // The process may run under --inspect or with loaders that mean nothing here.
      execArgv: [],
    });
    this.worker = worker;
    worker.unref();
    let reason: string | null = null;
    worker.on('error', (error: Error) => (reason = error.message));
    this.settled = new Promise((resolve) => {
      worker.once('message', () => resolve());
      worker.once('exit', (code) => {
        resolve();
        if (this.over) return;
        this.over = true;
        lost(reason ?? `exit code ${code}`);
      });
    });
  }

  /** Ends it at the next turn of whatever loop it is in. */
  end(): void {
    this.over = true;
    void this.worker.terminate();
  }
}
