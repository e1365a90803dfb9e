import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { Failure, type WireFailure } from '../failure/failure';
import type { EngineOptions } from '../protocol/engineOptions';

/** What the engine computes with, and whether that is less than was hoped for. */
export interface Backend {
  readonly name: string;
  readonly simd: boolean;
  readonly notice: WireFailure | null;
}

/** Handlers that emscripten's glue installs for the whole process; they rethrow other people's rejections. */
const PROCESS_EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

/** Starts tfjs: WASM with SIMD, or plain JavaScript with a notice where that is not to be had. */
export async function startBackend(options: EngineOptions): Promise<Backend> {
  if (options.backend !== 'cpu') {
    try {
      return await startWasm(options.wasmDirectory);
    } catch (error) {
      const { reason = String(error) } = Failure.from(error).args;
      if (options.backend === 'wasm')
        throw new Failure('engine.backend', { backend: 'wasm', reason });
      await startNamed('cpu');
      const notice = new Failure('notice.cpuBackend', { reason }).toWire();
      return { name: 'cpu', simd: false, notice };
    }
  }
  await startNamed('cpu');
  return { name: 'cpu', simd: false, notice: null };
}

async function startWasm(directory: string): Promise<Backend> {
  setWasmPaths(directory.endsWith('/') ? directory : `${directory}/`);
  const before = PROCESS_EVENTS.map((event) => new Set(process.rawListeners(event)));
  await startNamed('wasm');
  for (const [i, event] of PROCESS_EVENTS.entries()) {
    for (const listener of process.rawListeners(event)) {
      if (!before[i]!.has(listener)) process.removeListener(event, listener as () => void);
    }
  }
  const simd = (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) === true;
  return { name: simd ? 'wasm-simd' : 'wasm', simd, notice: null };
}

async function startNamed(name: string): Promise<void> {
  if (!(await tf.setBackend(name))) {
    throw new Failure('engine.backend', { backend: name, reason: 'setBackend refused' });
  }
  await tf.ready();
}
