import * as fc from 'fast-check';
import { ACTIVATIONS } from '../../../src/kernels/kernelArguments';
import { describeVariants } from '../../support/kernelDesk';
import {
  circumstances,
  exactly,
  type KernelCase,
  numbersOf,
  obeysLaws,
  ROUNDING,
  RUNS,
  seeds,
} from './kernelCase';
import { PLAIN_ACTIVATIONS } from './plainActivations';

const EPSILON = 1e-5;

const sizes = fc.record({
  rows: fc.integer({ min: 1, max: 6 }),
  width: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 1100 })),
});

const mean = (numbers: ArrayLike<number>): number =>
  Array.from(numbers).reduce((sum, number) => sum + number, 0) / numbers.length;

/** Rows of `[rows, width]`. */
const rowsOf = (numbers: Float32Array, width: number): Float32Array[] =>
  Array.from({ length: numbers.length / width }, (_, row) =>
    numbers.subarray(row * width, (row + 1) * width),
  );

describeVariants('kernels by rows', (desk) => {
  it('layerNorm is (x − mean) / √(variance + ε) · gain + bias', () => {
    fc.assert(
      fc.property(
        ...[sizes, seeds, fc.boolean(), fc.boolean(), circumstances],
        ({ rows, width }, seed, hasGain, hasBias, how) => {
          const numbers = numbersOf(seed);
          // Far from 0: a variance of squares would lose its digits.
          const x = numbers(rows * width).map((number) => number + 30);
          const gain = numbers(width);
          const bias = numbers(width);
          const wanted = rowsOf(x, width).flatMap((row) => {
            const middle = mean(row);
            const variance = mean(row.map((number) => (number - middle) ** 2));
            const scale = 1 / Math.sqrt(variance + EPSILON);
            return Array.from(row, (number, i) => ({
              value:
                (number - middle) * scale * (hasGain ? gain[i]! : 1) + (hasBias ? bias[i]! : 0),
              // The mean's error: some roundings of numbers of about 30.
              within: (8 * 30 * scale + 20) * ROUNDING * 4,
            }));
          });
          const made: KernelCase<'layerNorm'> = {
            kernel: 'layerNorm',
            inputs: { x, ...(hasGain ? { gain } : {}), ...(hasBias ? { bias } : {}) },
            outputs: { out: x.byteLength },
            units: rows,
            args: (at) => [
              ...([at['x']!, at['gain'] ?? 0, at['bias'] ?? 0, at['out']!] as const),
              ...([width, EPSILON] as const),
            ],
            wanted: { out: wanted },
          };
          obeysLaws(desk, made, how);
        },
      ),
      RUNS,
    );
  });

  it('rmsNorm is x / √(mean(x²) + ε) · gain', () => {
    fc.assert(
      fc.property(
        sizes,
        seeds,
        fc.boolean(),
        circumstances,
        ({ rows, width }, seed, hasGain, how) => {
          const numbers = numbersOf(seed);
          const x = numbers(rows * width);
          const gain = numbers(width);
          const wanted = rowsOf(x, width).flatMap((row) => {
            const scale = 1 / Math.sqrt(mean(row.map((number) => number ** 2)) + EPSILON);
            return Array.from(row, (number, i) => ({
              value: number * scale * (hasGain ? gain[i]! : 1),
              within: 40 * ROUNDING,
            }));
          });
          const made: KernelCase<'rmsNorm'> = {
            kernel: 'rmsNorm',
            inputs: { x, ...(hasGain ? { gain } : {}) },
            outputs: { out: x.byteLength },
            units: rows,
            args: (at) => [at['x']!, at['gain'] ?? 0, at['out']!, width, EPSILON],
            wanted: { out: wanted },
          };
          obeysLaws(desk, made, how);
        },
      ),
      RUNS,
    );
  });

  it('softmax is e^x / Σ e^x, with exactly 0 for what may not be seen', () => {
    const hidden = fc.double({ min: 0, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(sizes, seeds, hidden, circumstances, ({ rows, width }, seed, share, how) => {
        const numbers = numbersOf(seed);
        const dice = numbers(rows * width);
        const x = numbers(rows * width).map((number, i) =>
          (dice[i]! + 1) / 2 < share ? -3.4028234663852886e38 : number * 20,
        );
        const wanted = rowsOf(x, width).flatMap((row) => {
          const most = Math.max(...row);
          const powers = Array.from(row, (number) => Math.exp(number - most));
          const sum = powers.reduce((total, power) => total + power, 0);
          return powers.map((power) => ({
            value: power / sum,
            within: (power / sum) * (width / 4 + 60) * ROUNDING,
          }));
        });
        const made: KernelCase<'softmax'> = {
          kernel: 'softmax',
          inputs: { x },
          outputs: { out: x.byteLength },
          units: rows,
          args: (at) => [at['x']!, at['out']!, width],
          wanted: { out: wanted },
        };
        obeysLaws(desk, made, how);
      }),
      RUNS,
    );
  });

  it('rotate turns pairs of dimensions', () => {
    const heads = fc.integer({ min: 1, max: 3 });
    const halves = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 5 }));
    fc.assert(
      fc.property(
        ...[fc.integer({ min: 1, max: 4 }), heads, halves, fc.boolean(), seeds, circumstances],
        (rows, count, [half, rest], interleaved, seed, how) => {
          const dimensions = 2 * half;
          const width = dimensions + rest + (half === 0 ? 1 : 0);
          const numbers = numbersOf(seed);
          const [x, cosines, sines] = [
            numbers(rows * count * width),
            ...[numbers(rows * width), numbers(rows * width)],
          ] as const;
          const wanted = [...exactly(x)];
          for (let head = 0; head < rows * count; head++)
            for (let pair = 0; pair < half; pair++) {
              const [first, second] = interleaved ? [2 * pair, 2 * pair + 1] : [pair, pair + half];
              const table = Math.floor(head / count) * width;
              const at = head * width;
              const turned = (own: number, partner: number, sign: number) => ({
                value:
                  x[at + own]! * cosines[table + own]! +
                  sign * x[at + partner]! * sines[table + own]!,
                within: 3 * ROUNDING,
              });
              wanted[at + first] = turned(first, second, -1);
              wanted[at + second] = turned(second, first, 1);
            }
          const made: KernelCase<'rotate'> = {
            kernel: 'rotate',
            inputs: { x, cosines, sines },
            outputs: { out: x.byteLength },
            units: rows,
            args: (at) => [
              ...([at['x']!, at['cosines']!, at['sines']!, at['out']!] as const),
              ...([count, width, dimensions, interleaved ? 1 : 0] as const),
            ],
            wanted: { out: wanted },
          };
          obeysLaws(desk, made, how);
        },
      ),
      RUNS,
    );
  });

  for (const [name, code] of Object.entries(ACTIVATIONS))
    it(`activate ${name}, times a gate`, () => {
      const count = fc.integer({ min: 1, max: 600 });
      fc.assert(
        fc.property(count, seeds, fc.boolean(), circumstances, (numbers, seed, hasGate, how) => {
          const made = numbersOf(seed);
          const x = made(numbers).map((number) => number * 12);
          const gate = made(numbers);
          const f = PLAIN_ACTIVATIONS[name as keyof typeof ACTIVATIONS];
          const wanted = Array.from(x, (number, i) => {
            const value = f(number) * (hasGate ? gate[i]! : 1);
            // e^x makes |x| roundings of its argument's one.
            return { value, within: Math.abs(value) * (10 + 3 * number ** 2) * ROUNDING + 1e-37 };
          });
          const activate: KernelCase<'activate'> = {
            kernel: 'activate',
            inputs: { x, ...(hasGate ? { gate } : {}) },
            outputs: { out: x.byteLength },
            units: Math.ceil(numbers / 4),
            args: (at) => [at['x']!, at['gate'] ?? 0, at['out']!, numbers, code],
            wanted: { out: wanted },
          };
          obeysLaws(desk, activate, how);
        }),
        RUNS,
      );
    });
});
