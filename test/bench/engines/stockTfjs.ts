// TensorFlow.js's own WASM kernels under a Transformer as people write it. One thread is the npm package
// as it is; more are its threaded build, loaded by our loader.
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { startBackend } from '../../../src/engine/backend';
import { useWasm } from '../../support/wasm';
import { takePart, type Contestant, type Entry } from '../contestant';
import { StockModel } from '../stockModel';

async function load({ folder, shape, threads }: Entry): Promise<Contestant> {
  if (threads === 1) await useWasm();
  else await useThreads(threads);
  const model = await StockModel.load(folder, shape);
  return {
    about: `tfjs ${tf.version_core}, ${threads === 1 ? 'SIMD' : 'threaded SIMD'}`,
    async forward(ids, see) {
      const answer = tf.tidy(() => model.forward(ids, see));
      answer.dataSync();
      answer.dispose();
    },
    startSteps:
      shape.family === 'gpt2' ? (context) => Promise.resolve(model.startSteps(context)) : null,
  };
}

const useThreads = (threads: number): Promise<unknown> =>
  startBackend({
    wasmDirectory: path.resolve('dist', 'wasm'),
    backend: 'wasm',
    memoryBudgetBytes: 2 ** 30,
    threads,
    kernels: 'stock',
    relaxedSimd: true,
    sharedMemory: true,
  });

void takePart(load);
