import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ACTIVATIONS } from '../../../src/kernels/kernelArguments';
import { describeVariants, hasDotProduct } from '../../support/kernelDesk';
import {
  circumstances,
  exactly,
  type KernelCase,
  lay,
  numbersOf,
  obeysLaws,
  ROUNDING,
  RUNS,
  seeds,
} from './kernelCase';
import { type Matrix, matrix, packed } from './packedMatrix';

const LARGEST = 127;

const sizes = fc.record({
  rows: fc.integer({ min: 1, max: 14 }),
  inputs: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 1600 })),
  outputs: fc.integer({ min: 1, max: 70 }),
});

/** What a kernel rounds to an integer: half way between two, float32 may decide otherwise than float64. */
const isRounded = (value: number, to: number): boolean => Math.abs(value - to) <= 0.5 + 1e-4;

/** Integers as the bytes of float32: what is laid are words. */
const asWords = (bytes: ArrayLike<number>): Uint32Array =>
  new Uint32Array(Int8Array.from(bytes).buffer);

function packInt8Of(weights: Matrix): KernelCase<'packInt8'> {
  const panels = Math.ceil(weights.columns / 8);
  const scales = Array.from({ length: panels * 8 }, (_, output) => {
    let most = 0;
    for (let input = 0; output < weights.columns && input < weights.rows; input++)
      most = Math.max(most, Math.abs(weights.at(input, output)));
    return { value: most / LARGEST, within: most * ROUNDING };
  });
  return {
    kernel: 'packInt8',
    inputs: { packed: packed(weights) },
    outputs: {
      int8: panels * Math.ceil(weights.rows / 4) * 32,
      scales: panels * 32,
      sums: panels * 32,
    },
    units: panels,
    args: (at) => [
      ...([at['packed']!, at['int8']!, at['scales']!, at['sums']!] as const),
      weights.rows,
    ],
    wanted: { scales },
  };
}

describeVariants('int8', (desk) => {
  it('packInt8 is w / scale, rounded, with the sums of what came out', () => {
    fc.assert(
      fc.property(sizes, seeds, circumstances, ({ inputs, outputs }, seed, how) => {
        const weights = matrix(numbersOf(seed)(inputs * outputs), inputs, outputs);
        const made = packInt8Of(weights);
        obeysLaws(desk, made, how);

        const { args, outputs: places } = lay(desk, made);
        desk.run('packInt8', args, [0, made.units]);
        const int8 = new Int8Array(desk.wordsAt(places['int8']!).buffer);
        const sums = new Int32Array(desk.wordsAt(places['sums']!).buffer);
        const scales = desk.floatsAt(places['scales']!);
        const fours = Math.ceil(inputs / 4);
        for (let output = 0; output < made.units * 8; output++) {
          let sum = 0;
          for (let input = 0; input < fours * 4; input++) {
            const place = (output >> 3) * fours * 32 + (input >> 2) * 32;
            const q = int8[place + (output & 7) * 4 + (input & 3)]!;
            const isThere = input < inputs && output < outputs && scales[output]! > 0;
            assert.ok(isRounded(isThere ? weights.at(input, output) / scales[output]! : 0, q));
            sum += q;
          }
          assert.equal(sums[output], sum);
        }
      }),
      RUNS,
    );
  });

  it('quantiseRows is x / scale + zero, rounded, 0 … 127', () => {
    fc.assert(
      fc.property(
        sizes,
        seeds,
        fc.boolean(),
        circumstances,
        ({ rows, inputs }, seed, even, how) => {
          const x = numbersOf(seed)(rows * inputs);
          // From −1 to 1, zero is half way between two integers.
          if (even) x.set([-1, 1].slice(0, inputs));
          const padded = Math.ceil(inputs / 4) * 4;
          const made: KernelCase<'quantiseRows'> = {
            kernel: 'quantiseRows',
            inputs: { x },
            outputs: { quantised: rows * padded, scales: rows * 4, zeros: rows * 4 },
            units: rows,
            args: (at) => [
              ...([at['x']!, at['quantised']!, at['scales']!, at['zeros']!] as const),
              inputs,
            ],
            wanted: {},
          };
          obeysLaws(desk, made, how);

          const { args, outputs } = lay(desk, made);
          desk.run('quantiseRows', args, [0, rows]);
          const quantised = new Uint8Array(desk.wordsAt(outputs['quantised']!).buffer);
          const zeros = new Int32Array(desk.wordsAt(outputs['zeros']!).buffer);
          const scales = desk.floatsAt(outputs['scales']!);
          for (let row = 0; row < rows; row++)
            for (let input = 0; input < inputs; input++) {
              const q = quantised[row * padded + input]!;
              const value = x[row * inputs + input]!;
              assert.ok(q <= LARGEST);
              // Zero is rounded too, and with it what is at the ends may lie one outside.
              const back = scales[row]! * (q - zeros[row]!);
              assert.ok(Math.abs(back - value) <= scales[row]! * 1.01 + 1e-30, `${back} ${value}`);
            }
        },
      ),
      RUNS,
    );
  });

  it('productInt8 is rowScale · scale · Σ (x − zero) w + bias, of exact sums', function () {
    if (!hasDotProduct(desk)) this.skip();
    fc.assert(
      fc.property(
        ...[sizes, seeds, fc.boolean(), fc.boolean(), circumstances],
        ({ rows, inputs, outputs }, seed, hasBias, isExtreme, how) => {
          const numbers = numbersOf(seed);
          const padded = Math.ceil(inputs / 4) * 4;
          const panels = Math.ceil(outputs / 8);
          // Extreme: the largest sums of products there can be.
          const x = numbers(rows * padded).map((number) =>
            isExtreme ? LARGEST : Math.round((number + 1) * 63),
          );
          const weights = numbers(panels * 8 * padded).map((number) =>
            Math.round(isExtreme ? Math.sign(number) * LARGEST : number * LARGEST),
          );
          const [rowScales, scales, bias] = [numbers(rows), numbers(panels * 8), numbers(outputs)];
          const zeros = Int32Array.from(numbers(rows), (number) => Math.round((number + 1) * 63));
          const at = (input: number, output: number) =>
            (output >> 3) * padded * 8 + (input >> 2) * 32 + (output & 7) * 4 + (input & 3);
          const sums = new Int32Array(panels * 8);
          for (let output = 0; output < panels * 8; output++)
            for (let input = 0; input < padded; input++)
              sums[output]! += weights[at(input, output)]!;
          const out = Array.from({ length: rows * outputs }, (_, i) => {
            const row = Math.floor(i / outputs);
            const output = i % outputs;
            let sum = -zeros[row]! * sums[output]!;
            for (let input = 0; input < padded; input++)
              sum += x[row * padded + input]! * weights[at(input, output)]!;
            // Each step in float32: all variants give these very numbers.
            const scale = Math.fround(rowScales[row]! * scales[output]!);
            const scaled = Math.fround(Math.fround(sum) * scale);
            return Math.fround(scaled + (hasBias ? bias[output]! : 0));
          });
          const made: KernelCase<'productInt8'> = {
            kernel: 'productInt8',
            inputs: {
              ...{ quantised: asWords(x), rowScales, zeros },
              ...{ int8: asWords(weights), scales, sums },
              ...(hasBias ? { bias } : {}),
            },
            outputs: { out: out.length * 4 },
            units: panels,
            args: (places) => [
              ...([places['quantised']!, places['rowScales']!, places['zeros']!] as const),
              ...([places['int8']!, places['scales']!, places['sums']!] as const),
              ...([places['bias'] ?? 0, places['out']!] as const),
              ...([rows, inputs, outputs, ACTIVATIONS.linear] as const),
            ],
            wanted: { out: exactly(out) },
          };
          obeysLaws(desk, made, how);
        },
      ),
      RUNS,
    );
  });
});
