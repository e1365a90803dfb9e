import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ACTIVATIONS, type ActivationCode } from '../../../src/kernels/kernelArguments';
import { describeVariants } from '../../support/kernelDesk';
import {
  circumstances,
  computed,
  type KernelCase,
  numbersOf,
  obeysLaws,
  ROUNDING,
  RUNS,
  seeds,
} from './kernelCase';
import { matrix, packed } from './packedMatrix';
import { PLAIN_ACTIVATIONS } from './plainActivations';

type Size = Readonly<{ rows: number; inputs: number; outputs: number }>;

const sizes: fc.Arbitrary<Size> = fc.oneof(
  { weight: 4, arbitrary: size(14, 20, 70) },
  { weight: 1, arbitrary: size(3, 3100, 9) },
);

function size(rows: number, inputs: number, outputs: number): fc.Arbitrary<Size> {
  return fc.record({
    rows: fc.integer({ min: 1, max: rows }),
    inputs: fc.integer({ min: 1, max: inputs }),
    outputs: fc.integer({ min: 1, max: outputs }),
  });
}

const activations = fc.constantFrom(...(Object.keys(ACTIVATIONS) as (keyof typeof ACTIVATIONS)[]));

function productOf(
  { rows, inputs, outputs }: Size,
  { x, weights, bias }: Readonly<Record<'x' | 'weights' | 'bias', Float32Array>>,
  activation: keyof typeof ACTIVATIONS,
): KernelCase<'product'> {
  const code: ActivationCode = ACTIVATIONS[activation];
  const wanted = Array.from({ length: rows * outputs }, (_, i) => {
    const column = i % outputs;
    let sum = bias[column] ?? 0;
    for (let input = 0; input < inputs; input++)
      sum += x[Math.floor(i / outputs) * inputs + input]! * weights[input * outputs + column]!;
    const value = PLAIN_ACTIVATIONS[activation](sum);
    // No activation is steeper than relu2.
    const slope = activation === 'relu2' ? 2 * Math.abs(sum) + 1 : 1.2;
    return { value, within: slope * 2 * (inputs + 8) * ROUNDING };
  });
  return {
    kernel: 'product',
    inputs: {
      x,
      packed: packed(matrix(weights, inputs, outputs)),
      ...(bias.length > 0 ? { bias } : {}),
    },
    outputs: { out: rows * outputs * 4 },
    units: Math.ceil(outputs / 8),
    args: ({ x: at, packed: panels, bias: start = 0, out }) => [
      ...([at!, panels!, start, out!] as const),
      ...([rows, inputs, outputs, code] as const),
    ],
    wanted: { out: wanted },
  };
}

function numbersFor({ rows, inputs, outputs }: Size, seed: number, hasBias: boolean) {
  const numbers = numbersOf(seed);
  return {
    x: numbers(rows * inputs),
    weights: numbers(inputs * outputs),
    bias: numbers(hasBias ? outputs : 0),
  };
}

describeVariants('product', (desk) => {
  it('is x · w + bias, activated', () => {
    fc.assert(
      fc.property(
        sizes,
        seeds,
        fc.boolean(),
        activations,
        circumstances,
        (shape, seed, bias, f, how) =>
          obeysLaws(desk, productOf(shape, numbersFor(shape, seed, bias), f), how),
      ),
      RUNS,
    );
  });

  it('gives a row the same bytes, alone or among others', () => {
    fc.assert(
      fc.property(sizes, seeds, activations, fc.nat(), (shape, seed, activation, nth) => {
        const numbers = numbersFor(shape, seed, true);
        const row = nth % shape.rows;
        const x = numbers.x.slice(row * shape.inputs, (row + 1) * shape.inputs);
        const { out: all } = computed(desk, productOf(shape, numbers, activation));
        const alone = productOf({ ...shape, rows: 1 }, { ...numbers, x }, activation);
        assert.deepEqual(
          computed(desk, alone)['out'],
          all!.slice(row * shape.outputs, (row + 1) * shape.outputs),
        );
      }),
      RUNS,
    );
  });
});
