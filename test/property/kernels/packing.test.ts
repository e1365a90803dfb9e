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
import { type Matrix, matrix, packed, plain, transposed } from './packedMatrix';

const matrices: fc.Arbitrary<Matrix> = fc
  .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 30 }), seeds)
  .map(([inputs, outputs, seed]) => matrix(numbersOf(seed)(inputs * outputs), inputs, outputs));

const panelsOf = ({ columns }: Matrix): number => Math.ceil(columns / 8);

/** Of an `[in, out]` matrix. */
const cases: Readonly<
  Record<'pack' | 'packTransposed' | 'unpack', (weights: Matrix) => KernelCase<'pack'>>
> = {
  pack: (weights) => caseOf('pack', weights, plain(weights), packed(weights), panelsOf(weights)),
  packTransposed: (weights) =>
    caseOf(
      'packTransposed',
      weights,
      plain(transposed(weights)),
      packed(weights),
      panelsOf(weights),
    ),
  unpack: (weights) => caseOf('unpack', weights, packed(weights), plain(weights), weights.rows),
};

function caseOf(
  kernel: string,
  { rows: inputs, columns: outputs }: Matrix,
  from: Float32Array,
  to: Float32Array,
  units: number,
): KernelCase<'pack'> {
  return {
    // All three take the same arguments.
    kernel: kernel as 'pack',
    inputs: { from },
    outputs: { to: to.byteLength },
    units,
    args: (at) => [at['from']!, at['to']!, inputs, outputs],
    wanted: { to: exactly(to) },
  };
}

describeVariants('packing of matrices', (desk) => {
  for (const [kernel, caseFor] of Object.entries(cases))
    it(`${kernel} moves every number to its place`, () => {
      fc.assert(
        fc.property(matrices, circumstances, (weights, how) =>
          obeysLaws(desk, caseFor(weights), how),
        ),
        RUNS,
      );
    });

  it('packedColumns gathers columns as rows', () => {
    const some = fc.array(fc.nat(), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(matrices, some, circumstances, (weights, numbers, how) => {
        const ids = Int32Array.from(numbers, (id) => id % weights.columns);
        const inputs = weights.rows;
        const rows = [...ids].flatMap((id) =>
          Array.from({ length: inputs }, (_, input) => weights.at(input, id)),
        );
        const made: KernelCase<'packedColumns'> = {
          kernel: 'packedColumns',
          inputs: { packed: packed(weights), ids },
          outputs: { out: rows.length * 4 },
          units: ids.length,
          args: (at) => [at['packed']!, at['ids']!, at['out']!, inputs],
          wanted: { out: exactly(rows) },
        };
        obeysLaws(desk, made, how);
      }),
      RUNS,
    );
  });
});
