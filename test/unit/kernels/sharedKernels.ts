// Kernels that show who did what, and some that break: compiled for the tests of the pool.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ThreadPool } from '../../../src/kernels/pool/threadPool';
import type { KernelName } from '../../../src/kernels/kernelArguments';
import { compileWasm, type WasmModule } from '../../../src/kernels/webAssembly';

const SOURCE = `
  export function fill(out: usize, thread: i32, from: i32, to: i32): void {
    for (let i = from; i < to; i++) store<f32>(out + 4 * i, <f32>i);
  }
  /** Takes its time, so that nobody does all of it. */
  export function sign(out: usize, turns: i32, thread: i32, from: i32, to: i32): void {
    for (let i = from; i < to; i++) {
      for (let turn = 0; turn < turns; turn++) store<f32>(out + 4 * i, <f32>turn, 0);
      store<f32>(out + 4 * i, <f32>thread);
    }
  }
  export function hang(out: usize, bad: i32, thread: i32, from: i32, to: i32): void {
    while (thread == bad) {}
    sign(out, 100000, thread, from, to);
  }
  export function trap(out: usize, bad: i32, thread: i32, from: i32, to: i32): void {
    if (thread == bad) unreachable();
    sign(out, 100000, thread, from, to);
  }
`;

/** Named outside `import()`: with its types come AssemblyScript's own of arrays, for all tests. */
const COMPILER: string = 'assemblyscript/asc';

/** What is used of it. */
interface AssemblyScript {
  compileString(
    source: string,
    options: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly error: Error | null; readonly binary: Uint8Array | null }>;
}

/** Where the kernels of the product and the script of their threads lie. */
const WASM = path.resolve('dist', 'wasm');

/** Memory for some thousands of numbers. */
export const sharedMemory = (): WebAssembly.Memory =>
  new WebAssembly.Memory({ initial: 64, maximum: 65_536, shared: true });

export async function brokenKernels(): Promise<WasmModule> {
  // Not at the top: it is a module that only import() can load from a bundle of this format.
  const { compileString } = (await import(COMPILER)) as AssemblyScript;
  const { error, binary } = await compileString(SOURCE, {
    ...{ runtime: 'stub', use: ['abort='], enable: ['threads'], optimizeLevel: 3 },
    ...{ importMemory: true, noExportMemory: true, sharedMemory: true },
    ...{ initialMemory: 0, maximumMemory: 65_536 },
  });
  if (error || binary === null) throw new Error('the kernels do not compile', { cause: error });
  return compileWasm(binary);
}

export const productKernels = async (): Promise<WasmModule> =>
  compileWasm(await readFile(path.join(WASM, 'headlight-simd-shared.wasm')));

/** A pool of which all threads are up. */
export async function poolOf(
  module: WasmModule,
  memory: WebAssembly.Memory,
  threads: number,
  allowance: () => number = () => threads,
): Promise<ThreadPool> {
  const script = path.join(WASM, 'kernelWorker.js');
  const pool = new ThreadPool({ module, memory, script, threads, allowance });
  pool.start();
  await pool.settled();
  return pool;
}

/** Runs a kernel that the product does not have. */
export const runOther = (
  pool: ThreadPool,
  kernel: string,
  args: readonly number[],
  units: number,
  unitsAtOnce?: number,
): void => pool.run(kernel as KernelName, args, units, unitsAtOnce);
