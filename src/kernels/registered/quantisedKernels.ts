import type { QuantisedKernels } from '../../transformer/operations/quantisedKernels';
import type { Heap } from '../heap';
import { ACTIVATIONS } from '../kernelArguments';
import type { KernelPool } from '../kernelPool';
import { addressIn, sizeOf } from './infos';
import type { KernelSet } from './kernelSet';
import type { Scratch } from './scratch';
import { unitsAtOnce } from './unitsAtOnce';

/** Inputs whose weights, or whose own numbers, are one int32. */
const FOURS = 4;
/** Bytes of a row's scale, and of its zero. */
const WORD = 4;
/** Bytes that kernels read at once: what follows another begins at a multiple. */
const ALIGNMENT = 16;
/** What it takes to quantise a number, in multiplications of a product. */
const QUANTISE_WORK = 8;
/** A multiplication of 8 bits takes about a third of one of 32. */
const EIGHT_BIT_WORK = 1 / 3;
/** As of a product: what it takes to fetch four weights, in multiplications of 8 bits. */
const FETCH = 8;

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** @param scratch for the rows of a product in 7 bits */
export function quantisedKernels(
  pool: KernelPool,
  heap: Heap,
  scratch: Scratch,
): KernelSet<QuantisedKernels> {
  /** Where the rows are in 7 bits, with their scales and zeros. */
  const quantised = (
    x: number,
    rows: number,
    inputs: number,
  ): readonly [numbers: number, scales: number, zeros: number] => {
    const bytes = aligned(rows * FOURS * Math.ceil(inputs / FOURS));
    const words = aligned(rows * WORD);
    const numbers = scratch.room(bytes + 2 * words);
    const places = [numbers, numbers + bytes, numbers + bytes + words] as const;
    const atOnce = unitsAtOnce(pool, rows, inputs * QUANTISE_WORK);
    pool.run('quantiseRows', [x, ...places, inputs], rows, atOnce);
    return places;
  };
  return {
    QuantiseMatrix({ packed }) {
      const [panels = 0, inputs = 0, panel = 0] = packed.shape;
      const int8 = heap.makeTensor([panels, Math.ceil(inputs / FOURS), panel], 'int32');
      const scales = heap.makeTensor([panels * panel], 'float32');
      const sums = heap.makeTensor([panels * panel], 'int32');
      const [from, to, scalesTo, sumsTo] = [packed, int8, scales, sums].map((one) =>
        heap.addressOf(one),
      ) as [number, number, number, number];
      pool.run('packInt8', [from, to, scalesTo, sumsTo, inputs], panels);
      return [int8, scales, sums];
    },
    QuantisedProduct({ x, int8, scales, sums, bias }, { outputs, activation }) {
      const [rows, inputs] = sizeOf(x);
      const [panels = 0, , panel = 0] = int8.shape;
      const out = heap.makeTensor([rows, outputs], 'float32');
      const weights = [heap.addressOf(int8), heap.addressOf(scales), heap.addressOf(sums)] as const;
      const places = [...quantised(heap.addressOf(x), rows, inputs), ...weights] as const;
      const ends = [addressIn(heap, bias), heap.addressOf(out)] as const;
      pool.run(
        'productInt8',
        [...places, ...ends, rows, inputs, outputs, ACTIVATIONS[activation]],
        panels,
        unitsAtOnce(pool, panels, inputs * panel * (rows + FETCH) * EIGHT_BIT_WORK),
      );
      return out;
    },
  };
}
