// ONNX Runtime, native (onnxruntime-node) or in WebAssembly (onnxruntime-web), on the same weights.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { takePart, type Contestant, type Entry, type SeePattern, type Steps } from '../contestant';
import { pastName, patternName } from '../onnx/writeOnnx';
import type { Shape } from '../shapes';

/** Added to the score of what must not be seen. */
const MASKED = -1e9;

/** Of onnxruntime's interface what is used; the package is no dependency of the project. */
interface Tensor {
  readonly data: unknown;
}
type Feeds = Readonly<Record<string, Tensor>>;
interface Session {
  run(feeds: Feeds): Promise<Readonly<Record<string, Tensor>>>;
  release(): Promise<void>;
}
interface OnnxRuntime {
  readonly env: {
    readonly versions: Record<string, string>;
    readonly wasm: { numThreads?: number };
  };
  readonly Tensor: new (type: string, data: unknown, dimensions: readonly number[]) => Tensor;
  readonly InferenceSession: {
    create(model: string | Uint8Array, options: object): Promise<Session>;
  };
}

async function load({ folder, shape, threads, options }: Entry): Promise<Contestant> {
  const name = String(options['package']);
  const require = createRequire(path.join(String(options['peers']), 'package.json'));
  const runtime = require(name) as OnnxRuntime;
  const open = (kind: 'forward' | 'step'): Promise<Session> =>
    openSession(runtime, name, path.join(folder, `${kind}.onnx`), threads);
  const session = await open('forward');
  let stepSession: Session | null = null;
  return {
    about: `${name} ${runtime.env.versions[name.replace('onnxruntime-', '')]}`,
    async forward(ids, see) {
      const positions = Array.from(ids, (_, i) => i);
      const mask = shape.family === 'gpt2' ? { mask: causalMask(runtime, ids.length) } : {};
      const feeds = {
        ids: integers(runtime, ids),
        positions: integers(runtime, positions),
        ...mask,
      };
      read(shape, await session.run(feeds), see);
    },
    startSteps:
      shape.family === 'gpt2'
        ? async (context) => {
            // The weights of two sessions are kept twice: the first has done its work.
            if (stepSession === null) await session.release();
            stepSession ??= await open('step');
            return steps(runtime, stepSession, shape, context);
          }
        : null,
  };
}

async function openSession(
  runtime: OnnxRuntime,
  name: string,
  file: string,
  threads: number,
): Promise<Session> {
  if (name === 'onnxruntime-web') {
    runtime.env.wasm.numThreads = threads;
    return runtime.InferenceSession.create(await readFile(file), { executionProviders: ['wasm'] });
  }
  const options = { intraOpNumThreads: threads, interOpNumThreads: 1 };
  return runtime.InferenceSession.create(file, options);
}

function steps(runtime: OnnxRuntime, session: Session, shape: Shape, context: number): Steps {
  const { heads, layers, width } = shape;
  const headWidth = width / heads;
  const some = (...dimensions: number[]): Tensor => {
    const count = dimensions.reduce((product, size) => product * size, 1);
    const data = Float32Array.from({ length: count }, (_, i) => Math.sin(i));
    return new runtime.Tensor('float32', data, dimensions);
  };
  const past: Record<string, Tensor> = {};
  for (let layer = 0; layer < layers; layer++) {
    past[pastName('keys', layer)] = some(1, heads, headWidth, context);
    past[pastName('values', layer)] = some(1, heads, context, headWidth);
  }
  return {
    async step(token, see) {
      const ids = integers(runtime, [token]);
      const positions = integers(runtime, [context]);
      read(shape, await session.run({ ids, positions, ...past }), see);
    },
    dispose: () => undefined,
  };
}

function read({ layers }: Shape, results: Readonly<Record<string, Tensor>>, see: SeePattern): void {
  for (let layer = 0; layer < layers; layer++)
    see(results[patternName(layer)]!.data as Float32Array);
}

function integers(runtime: OnnxRuntime, values: ArrayLike<number>): Tensor {
  const data = BigInt64Array.from(Array.from(values), BigInt);
  return new runtime.Tensor('int64', data, [values.length]);
}

const masks = new Map<number, Tensor>();

function causalMask(runtime: OnnxRuntime, length: number): Tensor {
  let mask = masks.get(length);
  if (mask === undefined) {
    const data = new Float32Array(length * length);
    for (let query = 0; query < length; query++)
      data.fill(MASKED, query * length + query + 1, (query + 1) * length);
    mask = new runtime.Tensor('float32', data, [length, length]);
    masks.set(length, mask);
  }
  return mask;
}

void takePart(load);
