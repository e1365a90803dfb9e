// How many multiplications and additions WebAssembly can do at most on this machine: a loop of nothing else.
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import type { Ceiling } from './record';
import { arithmeticModule, type Arithmetic } from './arithmeticModule';

const WARM_UP_TURNS = 20_000;
/** Long enough to tell, short enough not to heat. */
const TURNS = 3_000_000;
const TRIES = 3;

const KINDS: Readonly<Record<Arithmetic, string>> = {
  fma: 'float32, relaxed SIMD (fused multiply-add)',
  mulAdd: 'float32, SIMD (multiply, add)',
  dot: '8 bit, relaxed SIMD (dot product)',
};

interface Loop {
  run(turns: number): number;
}

interface Job {
  readonly kind: Arithmetic;
}

/** Billions of operations a second that so many threads do together. */
async function measure(kind: Arithmetic, threads: number): Promise<number | null> {
  const { bytes, operationsATurn } = arithmeticModule(kind);
  if (!WebAssembly.validate(bytes)) return null;
  const workers = Array.from(
    { length: threads },
    () => new Worker(__filename, { workerData: { kind } satisfies Job }),
  );
  const all = async (message: number): Promise<number[]> =>
    Promise.all(
      workers.map(
        (worker) =>
          new Promise<number>((resolve, reject) => {
            worker.once('message', resolve);
            worker.once('error', reject);
            worker.postMessage(message);
          }),
      ),
    );
  try {
    await all(WARM_UP_TURNS);
    let best = 0;
    for (let i = 0; i < TRIES; i++) {
      const milliseconds = await all(TURNS);
      const gops = milliseconds.map((ms) => (operationsATurn * TURNS) / ms / 1e6);
      best = Math.max(
        best,
        gops.reduce((sum, one) => sum + one, 0),
      );
    }
    return best;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

async function main(): Promise<void> {
  const most = Number(process.argv[2] ?? 1);
  const found: Ceiling[] = [];
  for (const kind of ['fma', 'mulAdd', 'dot'] as const)
    for (const threads of new Set([1, most])) {
      const gops = await measure(kind, threads);
      if (gops !== null) found.push({ what: KINDS[kind], threads, gops });
    }
  console.log(JSON.stringify(found));
}

async function work(): Promise<void> {
  const { kind } = workerData as Job;
  const { instance } = await WebAssembly.instantiate(arithmeticModule(kind).bytes);
  const loop = instance.exports as unknown as Loop;
  parentPort!.on('message', (turns: number) => {
    const start = performance.now();
    loop.run(turns);
    parentPort!.postMessage(performance.now() - start);
  });
}

void (isMainThread ? main() : work());
