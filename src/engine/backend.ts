import '@tensorflow/tfjs-backend-cpu';
import { Failure, type WireFailure } from '../failure/failure';
import { FASTEST, type EngineOptions } from '../protocol/engineOptions';
import type { RunningWasm } from './runningWasm';
import { startWasm } from './startWasm';
import { useBackend } from './useBackend';

/** What the engine computes with, and whether that is less than was hoped for. */
export interface Backend {
  /** In short, for people and files: `wasm-own-relaxed-2t`, `cpu`. Threads may get lost. */
  readonly name: string;
  readonly notice: WireFailure | null;
  /** Null: plain JavaScript. */
  readonly wasm: RunningWasm | null;
}

/** What tfjs starts everywhere where there is WebAssembly. */
const PLAINEST = { ...FASTEST, kernels: 'stock', sharedMemory: false } as const;

/** Starts tfjs: WASM as fast as it can be had, or plain JavaScript; with a notice where that is less than asked for. */
export async function startBackend(options: EngineOptions): Promise<Backend> {
  if (options.backend !== 'cpu') {
    try {
      return await startFastest(options);
    } catch (error) {
      const reason = reasonOf(error);
      if (options.backend === 'wasm')
        throw new Failure('engine.backend', { backend: 'wasm', reason });
      await useBackend('cpu');
      const notice = new Failure('notice.cpuBackend', { reason }).toWire();
      return { name: 'cpu', notice, wasm: null };
    }
  }
  await useBackend('cpu');
  return { name: 'cpu', notice: null, wasm: null };
}

async function startFastest(options: EngineOptions): Promise<Backend> {
  const { wasmDirectory } = options;
  try {
    return backendOf(await startWasm(wasmDirectory, options), null);
  } catch (error) {
    const wasm = await startWasm(wasmDirectory, PLAINEST);
    return backendOf(wasm, new Failure('notice.slowWasm', { reason: reasonOf(error) }).toWire());
  }
}

const backendOf = (wasm: RunningWasm, notice: WireFailure | null): Backend => ({
  get name() {
    return wasm.name;
  },
  notice,
  wasm,
});

function reasonOf(error: unknown): string {
  const { reason = String(error) } = Failure.from(error).args;
  return String(reason);
}
