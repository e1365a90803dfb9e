// The kernel that takes most of a forward pass, alone: x · W + b for the three sizes of BERT-base’s linear maps.
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { startBackend } from '../../src/engine/backend';
import { PackedMatrix } from '../../src/transformer/matrix/packedMatrix';
import { QuantisedMatrix } from '../../src/transformer/matrix/quantisedMatrix';
import type { WeightMatrix } from '../../src/transformer/matrix/weightMatrix';
import type { Ceiling } from './record';

const ROWS = 128;
const SIZES = [
  [768, 768],
  [768, 3072],
  [3072, 768],
] as const;
const MATRICES = 6;
const WARM_UP_MS = 300;
const TURN_MS = 300;

/** Billions of operations a second. Several matrices in turn, as layers are: none stays in the cache. */
function measure(matrices: readonly WeightMatrix[]): number {
  const [{ inputs, outputs } = { inputs: 0, outputs: 0 }] = matrices;
  const x = tf.randomUniform<tf.Rank.R2>([ROWS, inputs], -1, 1);
  const bias = tf.zeros<tf.Rank.R1>([outputs]);
  const once = (): void => {
    for (const matrix of matrices) matrix.times(x, bias, 'linear').dispose();
  };
  const turn = (milliseconds: number): number => {
    const start = performance.now();
    let times = 0;
    let now = start;
    for (; now - start < milliseconds; now = performance.now()) {
      once();
      times++;
    }
    return (now - start) / times;
  };
  turn(WARM_UP_MS);
  const milliseconds = Math.min(turn(TURN_MS), turn(TURN_MS), turn(TURN_MS));
  tf.dispose([x, bias]);
  return (2 * ROWS * inputs * outputs * matrices.length) / milliseconds / 1e6;
}

async function main(): Promise<void> {
  const [threads, instructions] = [Number(process.argv[2]), process.argv[3]];
  const { name } = await startBackend({
    wasmDirectory: path.resolve('dist', 'wasm'),
    backend: 'wasm',
    memoryBudgetBytes: 2 ** 30,
    threads,
    kernels: 'own',
    relaxedSimd: instructions === 'relaxed',
    sharedMemory: true,
  });
  const found: Ceiling[] = [];
  for (const [inputs, outputs] of SIZES) {
    const exact = Array.from({ length: MATRICES }, () => {
      const stored = tf.randomUniform<tf.Rank.R2>([inputs, outputs], -0.05, 0.05);
      const matrix = PackedMatrix.of(stored, 'inOut');
      stored.dispose();
      return matrix;
    });
    const what = `product alone, ${name}, ${ROWS} × ${inputs} × ${outputs}`;
    found.push({ what: `${what}, float32`, threads, gops: measure(exact) });
    const quantised = exact.map((matrix) => QuantisedMatrix.of(matrix));
    found.push({ what: `${what}, 8 bit`, threads, gops: measure(quantised) });
    tf.dispose([...exact, ...quantised].flatMap(({ tensors }) => [...tensors]));
  }
  console.log(JSON.stringify(found));
  // Threads of kernels would keep the process alive.
  process.exit(0);
}

void main();
