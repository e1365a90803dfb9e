// What our kernels compute, beside what tfjs's operations make of the same numbers.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { activate } from '../../../src/transformer/activation';
import type { Activation } from '../../../src/transformer/config';
import { FeedForward } from '../../../src/transformer/feedForward';
import { Linear } from '../../../src/transformer/linear';
import { storedMatrix } from '../../../src/transformer/matrix/storedMatrix';
import type { StoredLayout, WeightMatrix } from '../../../src/transformer/matrix/weightMatrix';
import { LayerNorm, RmsNorm } from '../../../src/transformer/normalization';
import { Rotation } from '../../../src/transformer/positions/rotary';
import { noProbe } from '../../../src/transformer/probe';
import { GatherProbe } from '../../support/gatherProbe';
import { useOwnKernels } from '../../support/kernels';
import { maxAbs } from '../../support/reference';
import { useWasm } from '../../support/wasm';

const ACTIVATIONS: readonly Activation[] = [
  ...(['linear', 'relu', 'relu2', 'relu6', 'leaky_relu', 'gelu', 'gelu_10', 'gelu_new'] as const),
  ...(['quick_gelu', 'swish', 'mish', 'sigmoid', 'tanh'] as const),
];

/** Numbers without a pattern between −`most` and `most`, the same every time. */
const numbers = (count: number, seed: number, most = 1): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => most * Math.sin(12.9898 * (i + 1) + seed));
const matrix = (rows: number, columns: number, seed: number, most?: number): tf.Tensor2D =>
  tf.tensor2d(numbers(rows * columns, seed, most), [rows, columns]);
const vector = (length: number, seed: number): tf.Tensor1D => tf.tensor1d(numbers(length, seed));

/** The numbers of what is made, by tfjs's operations and by our kernels; nothing else is left of it. */
async function both(make: () => tf.Tensor): Promise<{ stock: Float32Array; own: Float32Array }> {
  const made = (): Float32Array => {
    const before = tf.memory().numTensors;
    const result = tf.tidy(() => make().dataSync<'float32'>().slice());
    assert.equal(tf.memory().numTensors, before);
    return result;
  };
  const stock = made();
  return { stock, own: await byOwn(made) };
}

async function byOwn<T>(compute: () => T): Promise<T> {
  const takeAway = await useOwnKernels();
  try {
    return compute();
  } finally {
    takeAway();
  }
}

const close = ({ stock, own }: { stock: Float32Array; own: Float32Array }, bound: number): void =>
  assert.ok(maxAbs(own, stock) <= bound, `${maxAbs(own, stock)}`);

describe('our kernels beside tfjs’s', () => {
  before(useWasm);

  const SIZES: readonly (readonly [inputs: number, outputs: number])[] = [
    ...([[1, 1], [3, 5], [8, 8], [7, 16], [33, 9], [40, 67]] as const), // prettier-ignore
  ];
  for (const [inputs, outputs] of SIZES)
    for (const layout of ['outIn', 'inOut'] as const) {
      describe(`a matrix [${inputs}, ${outputs}], kept ${layout}`, () => {
        const weight = (): WeightMatrix => weightOf(layout, inputs, outputs);

        it('is the same numbers, whole and in parts', async () => {
          const ids = Int32Array.from([outputs - 1, 0, outputs >> 1, 0]);
          const from = inputs >> 1;
          for (const make of [
            () => weight().plain(),
            () => weight().columns(ids),
            () => weight().rows(from, inputs - from),
          ]) {
            const { stock, own } = await both(make);
            assert.deepEqual(own, stock);
          }
        });

        it('times rows', async () => {
          for (const rows of [1, 2, 4, 7])
            for (const bias of [true, false]) {
              const made = await both(() =>
                weight().times(matrix(rows, inputs, 2), bias ? vector(outputs, 3) : null, 'linear'),
              );
              assert.equal(made.own.length, rows * outputs);
              close(made, 1e-5);
            }
        });
      });
    }

  for (const activation of ACTIVATIONS) {
    it(`${activation}: fused, by itself, and with a gate`, async () => {
      const x = (): tf.Tensor2D => matrix(5, 13, 4, 4);
      const weight = (): WeightMatrix => weightOf('outIn', 13, 11);
      close(await both(() => activate(x(), activation)), 1e-5);
      close(await both(() => activate(x(), activation, matrix(5, 13, 5))), 1e-5);
      const { stock, own } = await both(() => weight().times(x(), vector(11, 6), activation));
      assert.ok(maxAbs(own, stock) <= 2e-4, `${maxAbs(own, stock)}`);
      const inTwo = await byOwn(() =>
        tf.tidy(() =>
          activate(weight().times(x(), vector(11, 6), 'linear'), activation).dataSync(),
        ),
      );
      assert.deepEqual(own, inTwo);
    });
  }

  for (const gated of [false, true])
    it(`a feed-forward network whose insides are looked at: the same bits (gate: ${gated})`, async () => {
      const compute = (probe: GatherProbe | typeof noProbe) => (): Float32Array =>
        tf.tidy(() => {
          const linear = (inputs: number, outputs: number, seed: number): Linear =>
            new Linear(weightOf('outIn', inputs, outputs), vector(outputs, seed));
          const half = gated ? linear(12, 30, 7) : null;
          const network = new FeedForward(linear(12, 30, 8), half, linear(30, 12, 9), 'gelu');
          const shape = { batch: 1, length: 6 };
          return network
            .apply(matrix(6, 12, 1, 3), shape, probe, 'mlp')
            .dataSync<'float32'>()
            .slice();
        });
      const probe = new GatherProbe(() => true);
      assert.deepEqual(await byOwn(compute(probe)), await byOwn(compute(noProbe)));
      assert.deepEqual([...probe.values.keys()], ['mlp.pre', 'mlp.post']);
    });

  for (const width of [1, 4, 30])
    it(`norms of rows of ${width}`, async () => {
      const x = (): tf.Tensor2D => matrix(5, width, 10, 3);
      for (const [gain, bias] of [
        [true, true],
        [true, false],
        [false, false],
      ]) {
        const norm = (): LayerNorm =>
          new LayerNorm(gain ? vector(width, 11) : null, bias ? vector(width, 12) : null, 1e-5);
        close(await both(() => norm().apply(x())), 1e-5);
      }
      close(await both(() => new RmsNorm(vector(width, 11), 1e-6).apply(x())), 1e-5);
    });

  for (const interleaved of [false, true])
    for (const [width, dimensions] of [
      [8, 8],
      [12, 4],
      [6, 6],
    ] as const)
      it(`rotation of ${dimensions} of ${width} dimensions, interleaved: ${interleaved}`, async () => {
        const config = {
          ...({ kind: 'rotary', dimensions, interleaved, base: 10000, trained: 64 } as const),
          scaling: { kind: 'default' } as const,
        };
        const positions = Int32Array.from([0, 1, 5, 5, 31]);
        const turned = (): tf.Tensor2D =>
          Rotation.at(positions, config, width).apply(matrix(5, 3 * width, 13), 3);
        close(await both(turned), 1e-6);
        assert.ok(maxAbs((await both(turned)).own, numbers(15 * width, 13)) > 0.1);
      });

  it('each row has the bits that it has alone', async () => {
    const [ROWS, WIDTH] = [9, 24];
    const x = numbers(ROWS * WIDTH, 14, 2);
    const alone = Array.from({ length: ROWS }, (_, row) => x.slice(row * WIDTH, (row + 1) * WIDTH));
    const computed = (rows: Float32Array, change: (x: tf.Tensor2D) => tf.Tensor2D): number[] =>
      tf.tidy(() => [...change(tf.tensor2d(rows, [rows.length / WIDTH, WIDTH])).dataSync()]);
    for (const change of [
      (rows: tf.Tensor2D) => weightOf('outIn', WIDTH, 50).times(rows, vector(50, 15), 'gelu_new'),
      (rows: tf.Tensor2D) => new LayerNorm(vector(WIDTH, 16), vector(WIDTH, 17), 1e-5).apply(rows),
      (rows: tf.Tensor2D) => new RmsNorm(vector(WIDTH, 16), 1e-5).apply(rows),
    ]) {
      const [together, separate] = await byOwn(() => [
        computed(x, change),
        alone.flatMap((row) => computed(row, change)),
      ]);
      assert.deepEqual(separate, together);
    }
  });
});

/** A matrix of the same numbers in either layout, in whatever form the kernels in use have it. */
function weightOf(layout: StoredLayout, inputs: number, outputs: number): WeightMatrix {
  const plain = matrix(inputs, outputs, 1); // [in, out]
  return storedMatrix(layout === 'inOut' ? plain : tf.transpose(plain), layout);
}
