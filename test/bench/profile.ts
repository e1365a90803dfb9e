// Where the time of a forward pass goes, kernel by kernel:
// `npm run bench -- profile [--shape bert] [--length 128] [--threads N] [--kernels own|stock] [--int8] [--simd]`
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { startBackend } from '../../src/engine/backend';
import { LoadedModel } from '../../src/engine/loadedModel';
import { NodeModelFolder } from '../../src/engine/nodeModelFolder';
import { unwatched } from '../../src/transformer/runControl';
import { tokenBatch } from '../../src/transformer/sequence';
import { writeCheckpoint } from './randomCheckpoint';
import { idsOf, SHAPES } from './shapes';

const WARM_UPS = 3;
const RUNS = 7;
const BACKEND = 'wasm';

/** Time that a kernel took itself, without kernels it called. */
interface Spent {
  ms: number;
  calls: number;
}

class KernelTimes {
  private readonly spent = new Map<string, Spent>();
  /** Milliseconds of the kernels inside each that runs. */
  private readonly inside: number[] = [];

  /** Puts a clock around every kernel there is. */
  install(): void {
    for (const config of tf.getKernelsForBackend(BACKEND)) {
      const { kernelName, kernelFunc } = config;
      tf.unregisterKernel(kernelName, BACKEND);
      tf.registerKernel({
        kernelName,
        backendName: BACKEND,
        kernelFunc: (call) => this.timed(kernelName, () => kernelFunc(call)),
      });
    }
  }

  timed<T>(name: string, run: () => T): T {
    const start = performance.now();
    this.inside.push(0);
    const result = run();
    const all = performance.now() - start;
    const others = this.inside.pop()!;
    if (this.inside.length > 0) this.inside[this.inside.length - 1]! += all;
    const known = this.spent.get(name) ?? { ms: 0, calls: 0 };
    this.spent.set(name, { ms: known.ms + all - others, calls: known.calls + 1 });
    return result;
  }

  clear(): void {
    this.spent.clear();
  }

  get rows(): readonly (readonly [string, Spent])[] {
    return [...this.spent].toSorted(([, a], [, b]) => b.ms - a.ms);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      shape: { type: 'string', default: 'bert' },
      length: { type: 'string', default: '128' },
      threads: { type: 'string', default: String(os.availableParallelism()) },
      kernels: { type: 'string', default: 'own' },
      int8: { type: 'boolean', default: false },
      simd: { type: 'boolean', default: false },
      built: { type: 'boolean' },
    },
  });
  const shape = SHAPES.find(({ name }) => name === values.shape)!;
  const directory = await mkdtemp(path.join(os.tmpdir(), 'headlight-profile-'));
  try {
    const folder = await writeCheckpoint(directory, shape);
    const { name } = await startBackend({
      wasmDirectory: path.resolve('dist', 'wasm'),
      backend: 'wasm',
      memoryBudgetBytes: 2 ** 30,
      threads: Number(values.threads),
      kernels: values.kernels === 'stock' ? 'stock' : 'own',
      relaxedSimd: !values.simd,
      sharedMemory: true,
    });
    const model = await LoadedModel.load(new NodeModelFolder(folder), unwatched.signal);
    const transformer = values.int8
      ? await model.quantised(unwatched.signal, () => Promise.resolve())
      : model.transformer;
    const times = new KernelTimes();
    times.install();
    const tokens = tokenBatch([[...idsOf(shape, Number(values.length))]]);
    const probe = {
      wants: (hook: string) => hook.endsWith('.pattern'),
      visit(_hook: string, value: tf.Tensor) {
        times.timed('(attention read)', () => value.dataSync());
        return undefined;
      },
    };
    let total = 0;
    for (let run = -WARM_UPS; run < RUNS; run++) {
      if (run === 0) times.clear();
      const start = performance.now();
      const states = await transformer.read(tokens, probe, unwatched);
      times.timed('(states read)', () => states.dataSync());
      if (run >= 0) total += performance.now() - start;
      states.dispose();
    }
    const words = `${shape.title}, ${values.length} tokens, ${name}${values.int8 ? ', 8 bits' : ''}`;
    console.log(`${words}: ${(total / RUNS).toFixed(1)} ms a pass, without its last logits`);
    const counted = times.rows.reduce((sum, [, { ms }]) => sum + ms, 0);
    const rows = [...times.rows, ['(everything else)', { ms: total - counted, calls: 0 }] as const];
    for (const [kernel, { ms, calls }] of rows)
      console.log(
        `${kernel.padEnd(28)}${(ms / RUNS).toFixed(2).padStart(9)} ms${((100 * ms) / total).toFixed(1).padStart(7)} %${(calls / RUNS).toFixed(0).padStart(6)} calls`,
      );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

void main().then(() => process.exit(0));
