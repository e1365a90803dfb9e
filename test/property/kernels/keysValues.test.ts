import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describeVariants } from '../../support/kernelDesk';
import {
  circumstances,
  exactly,
  type KernelCase,
  numbersOf,
  obeysLaws,
  RUNS,
  seeds,
} from './kernelCase';
import { keysOf, placeIn, valuesOf } from './packedKeysValues';

const sizes = fc
  .record({
    sequences: fc.integer({ min: 1, max: 2 }),
    heads: fc.integer({ min: 1, max: 3 }),
    width: fc.integer({ min: 1, max: 20 }),
    past: fc.integer({ min: 0, max: 18 }),
    added: fc.integer({ min: 1, max: 18 }),
    spare: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ past, added, spare, ...rest }) => {
    const length = past + added;
    return { ...rest, past, length, capacity: (Math.ceil(length / 8) + spare) * 8 };
  });

describeVariants('keys and values', (desk) => {
  for (const [kernel, packedOf] of [
    ['packKeys', keysOf],
    ['packValues', valuesOf],
  ] as const)
    it(`${kernel} adds rows behind those of the past`, () => {
      fc.assert(
        fc.property(sizes, seeds, circumstances, (size, seed, how) => {
          const { sequences, heads, width, past, length, capacity } = size;
          const rows = numbersOf(seed)(sequences * length * heads * width);
          const whole = packedOf(rows, { heads, width, length, capacity });
          const rowWidth = heads * width;
          const rowsFrom = (from: number, to: number) =>
            Float32Array.from(
              Array.from({ length: sequences }, (_, sequence) => [
                ...rows.slice(
                  (sequence * length + from) * rowWidth,
                  (sequence * length + to) * rowWidth,
                ),
              ]).flat(),
            );
          const caseOf = (from: number, to: number): KernelCase<typeof kernel> => ({
            kernel,
            inputs: { rows: rowsFrom(from, to) },
            outputs: { packed: whole.byteLength },
            units: sequences * heads,
            args: (at) => [
              ...([at['rows']!, at['packed']!, to - from, heads] as const),
              ...([width, from, capacity] as const),
            ],
            wanted: {},
          });
          obeysLaws(desk, caseOf(past, length), how);

          // Past and rest into one memory.
          desk.clear();
          const packed = desk.room(whole.byteLength);
          for (const [from, to] of [
            [0, past],
            [past, length],
          ] as const) {
            const { address } = desk.lay(rowsFrom(from, to));
            const args = caseOf(from, to).args({ rows: address, packed: packed.address });
            desk.run(kernel, args, [0, sequences * heads]);
          }
          const got = desk.floatsAt(packed);
          for (const [i, number] of whole.entries())
            assert.ok(Object.is(got[i], number), `number ${i}`);
        }),
        RUNS,
      );
    });

  for (const [kernel, packedOf, isTransposed] of [
    ['unpackKeys', keysOf, true],
    ['unpackValues', valuesOf, false],
  ] as const)
    it(`${kernel} gives them back`, () => {
      fc.assert(
        fc.property(sizes, seeds, circumstances, (size, seed, how) => {
          const { sequences, heads, width, length, capacity } = size;
          const rows = numbersOf(seed)(sequences * length * heads * width);
          const units = sequences * heads;
          const wanted = Array.from({ length: rows.length }, (_, at) => {
            const unit = Math.floor(at / (length * width));
            const rest = at % (length * width);
            const [position, i] = isTransposed
              ? [rest % length, Math.floor(rest / length)]
              : [Math.floor(rest / width), rest % width];
            return rows[placeIn(unit, position, i, size)]!;
          });
          const made: KernelCase<typeof kernel> = {
            kernel,
            inputs: { packed: packedOf(rows, { heads, width, length, capacity }) },
            outputs: { plain: rows.byteLength },
            units,
            args: (at) => [at['packed']!, at['plain']!, length, width, capacity],
            wanted: { plain: exactly(wanted) },
          };
          obeysLaws(desk, made, how);
        }),
        RUNS,
      );
    });
});
