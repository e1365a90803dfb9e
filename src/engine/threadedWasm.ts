import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { BackendWasm, setThreadsCount } from '@tensorflow/tfjs-backend-wasm';

const SCRIPT = 'tfjs-backend-wasm-threaded-simd.js';
const THREAD_SCRIPT = 'tfjs-backend-wasm-threaded-simd.worker.js';

/** Functions of tfjs's WebAssembly that its JavaScript calls, by what it calls them. */
const BRIDGE = {
  init: ['init', null, []],
  initWithThreadsCount: ['init_with_threads_count', null, ['number']],
  getThreadsCount: ['get_threads_count', 'number', []],
  registerTensor: ['register_tensor', null, ['number', 'number', 'number']],
  disposeData: ['dispose_data', null, ['number']],
  dispose: ['dispose', null, []],
} as const;

type WrappedFunction = (...args: number[]) => number;

interface ThreadedModule {
  cwrap(name: string, result: string | null, args: readonly string[]): WrappedFunction;
  tfjs?: Readonly<Record<string, WrappedFunction>>;
}

/** What is asked of emscripten's script, as the build has changed it (see scripts/threadedWasm.mjs). */
type Factory = (setting: {
  locateFile(name: string): string;
  mainScriptUrlOrBlob: string;
  /** Threads beside the caller's, started at once. */
  threadPoolSize: number;
  logicalCores: number;
}) => Promise<ThreadedModule>;

/**
 * tfjs's WASM backend over shared memory, which tfjs itself loads in browsers only. Its own kernels use
 * so many threads; one needs no thread beside the caller's.
 */
export async function threadedBackend(directory: string, threads: number): Promise<BackendWasm> {
  // Were it missing, emscripten would throw where nobody can catch it, and the process would end.
  if (threads > 1) await access(path.join(directory, THREAD_SCRIPT));
  const script = path.join(directory, SCRIPT);
  const factory = createRequire(script)(script) as Factory;
  const module = await factory({
    locateFile: (name) => path.join(directory, name),
    mainScriptUrlOrBlob: script,
    threadPoolSize: threads - 1,
    // tfjs takes half of them.
    logicalCores: 2 * threads,
  });
  module.tfjs = Object.fromEntries(
    Object.entries(BRIDGE).map(([name, [exported, result, args]]) => [
      name,
      module.cwrap(exported, result, args),
    ]),
  );
  setThreadsCount(threads);
  return new BackendWasm(module as unknown as BackendWasm['wasm']);
}
