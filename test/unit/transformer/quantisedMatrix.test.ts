import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { PackedMatrix } from '../../../src/transformer/matrix/packedMatrix';
import { QuantisedMatrix } from '../../../src/transformer/matrix/quantisedMatrix';
import { storedMatrix } from '../../../src/transformer/matrix/storedMatrix';
import { describeKernels } from '../../support/kernels';
import { numbers } from '../../support/madeTrace';

/** Odd ones, tails of panels and of fours, one row. */
const SIZES: readonly (readonly [rows: number, inputs: number, outputs: number])[] = [
  [1, 1, 1],
  [1, 7, 9],
  [2, 4, 8],
  [3, 5, 17],
  [5, 64, 24],
  [13, 130, 31],
];
/** Of 8 bits with a sign, and of 7 without. */
const LARGEST = 127;

/** Whole numbers between two, the same every time. */
const whole = (count: number, seed: number, from: number, to: number): Float32Array =>
  numbers(count, seed).map((one) => Math.round(from + ((one + 1) / 2) * (to - from)));

/** x · W + b in float64, `[rows, out]`. */
function product(
  x: Float32Array,
  weights: Float32Array,
  bias: Float32Array,
  inputs: number,
): number[] {
  const outputs = bias.length;
  return Array.from({ length: (x.length / inputs) * outputs }, (_, at) => {
    const [row, output] = [Math.floor(at / outputs), at % outputs];
    let sum = bias[output]!;
    for (let i = 0; i < inputs; i++) sum += x[row * inputs + i]! * weights[i * outputs + output]!;
    return sum;
  });
}

describeKernels(
  'a matrix in 8 bits',
  () => {
    /** What it gives, `[rows, out]`. */
    const given = (
      x: Float32Array,
      weights: Float32Array,
      bias: Float32Array,
      inputs: number,
    ): Float32Array => {
      const packed = storedMatrix(tf.tensor2d(weights, [inputs, bias.length]), 'inOut');
      assert.ok(packed instanceof PackedMatrix);
      const matrix = QuantisedMatrix.of(packed);
      const out = tf.tidy(() => {
        const rows = tf.tensor2d(x, [x.length / inputs, inputs]);
        return matrix.times(rows, tf.tensor1d(bias), 'linear').dataSync<'float32'>().slice();
      });
      tf.dispose([...matrix.tensors, ...packed.tensors]);
      return out;
    };

    for (const [rows, inputs, outputs] of SIZES) {
      const size = `${rows} × ${inputs} × ${outputs}`;

      it(`multiplies whole numbers exactly: ${size}`, () => {
        const weights = whole(inputs * outputs, 1, -LARGEST, LARGEST);
        // Each output has the largest weight, each row 0 and the largest input: the steps are 1.
        for (let output = 0; output < outputs; output++) weights[output] = LARGEST;
        const x = whole(rows * inputs, 2, 0, LARGEST);
        for (let row = 0; row < rows; row++) x[row * inputs] = LARGEST;
        const bias = whole(outputs, 3, -9, 9);
        assert.deepEqual([...given(x, weights, bias, inputs)], product(x, weights, bias, inputs));
      });

      it(`is off by no more than its steps allow: ${size}`, () => {
        const weights = numbers(inputs * outputs, 4);
        const x = numbers(rows * inputs, 5).map((one, i) => (i % 7 === 0 ? 4 * one : one - 0.3));
        const bias = numbers(outputs, 6);
        const exact = product(x, weights, bias, inputs);
        for (const [at, value] of given(x, weights, bias, inputs).entries()) {
          const [row, output] = [Math.floor(at / outputs), at % outputs];
          const own = x.subarray(row * inputs, (row + 1) * inputs);
          const column = Array.from({ length: inputs }, (_, i) => weights[i * outputs + output]!);
          const weightStep = Math.max(...column.map(Math.abs)) / LARGEST;
          const inputStep = (Math.max(0, ...own) - Math.min(0, ...own)) / LARGEST;
          // Half a step of a weight; of an input a whole one, since its zero is rounded, too.
          const bound = column.reduce(
            (sum, weight, i) =>
              sum +
              (Math.abs(own[i]!) + inputStep) * (weightStep / 2) +
              Math.abs(weight) * inputStep,
            1e-5,
          );
          assert.ok(Math.abs(value - exact[at]!) <= bound, `${value} for ${exact[at]} ± ${bound}`);
        }
      });
    }

    it('gives a row the same bits alone and among others', () => {
      const [rows, inputs, outputs] = [7, 33, 19];
      const [weights, x, bias] = [
        numbers(inputs * outputs, 7),
        numbers(rows * inputs, 8),
        numbers(outputs, 9),
      ];
      const all = given(x, weights, bias, inputs);
      for (let row = 0; row < rows; row++)
        assert.deepEqual(
          given(x.slice(row * inputs, (row + 1) * inputs), weights, bias, inputs),
          all.slice(row * outputs, (row + 1) * outputs),
        );
    });

    it('knows rows of nothing but 0, and outputs without weights', () => {
      const bias = Float32Array.from([0.5, -2, 3]);
      const weights = Float32Array.from([0, 1, -1, 0, 2, 0.5]);
      assert.deepEqual([...given(new Float32Array(4), weights, bias, 2)], [...bias, ...bias]);
    });
  },
  ['own'],
);
