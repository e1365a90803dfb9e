import type { MatrixKernels } from '../../transformer/operations/matrixKernels';
import type { Heap } from '../heap';
import { ACTIVATIONS } from '../kernelArguments';
import type { KernelPool } from '../kernelPool';
import { addressIn, FLOAT, sizeOf } from './infos';
import type { KernelSet } from './kernelSet';
import { PackedMatrices } from './packedMatrices';
import { unitsAtOnce } from './unitsAtOnce';

/**
 * What it takes to fetch a weight from memory, in multiplications: a product of few rows waits for its
 * weights, not for its sums.
 */
const FETCH = 8;

export function matrixKernels(pool: KernelPool, heap: Heap): KernelSet<MatrixKernels> {
  const packing = new PackedMatrices(pool, heap);
  return {
    MakeTensor: (_, { shape }) => heap.makeTensor(shape, 'float32'),
    WriteRows({ rows, table }, { firstRow }) {
      const [count, columns] = sizeOf(rows);
      const from = heap.addressOf(rows) / FLOAT;
      const to = heap.addressOf(table) / FLOAT + firstRow * columns;
      heap.floats.copyWithin(to, from, from + count * columns);
      return [];
    },
    TableRows({ table }, { ids }) {
      const [, columns] = sizeOf(table);
      const rows = heap.makeTensor([ids.length, columns], 'float32');
      const [from, to] = [heap.addressOf(table) / FLOAT, heap.addressOf(rows) / FLOAT];
      const { floats } = heap;
      for (const [row, id] of ids.entries()) {
        const at = from + id * columns;
        floats.copyWithin(to + row * columns, at, at + columns);
      }
      return rows;
    },
    PackRows({ rows, packed }, { firstRow, transposed }) {
      if (transposed) packing.packOutputs(rows, packed, firstRow);
      else packing.packInputs(rows, packed, firstRow);
      return [];
    },
    UnpackMatrix: ({ packed }, { outputs }) => packing.unpack(packed, outputs),
    PackedColumns: ({ packed, ids }) => packing.columns(packed, ids),
    PackedProduct({ x, packed, bias }, { outputs, activation }) {
      const [rows, inputs] = sizeOf(x);
      const [panels = 0, , panel = 0] = packed.shape;
      const out = heap.makeTensor([rows, outputs], 'float32');
      const addresses = [x, packed, bias, out].map((one) => addressIn(heap, one));
      const [xAt = 0, packedAt = 0, biasAt = 0, outAt = 0] = addresses;
      pool.run(
        'product',
        [xAt, packedAt, biasAt, outAt, rows, inputs, outputs, ACTIVATIONS[activation]],
        panels,
        unitsAtOnce(pool, panels, inputs * panel * (rows + FETCH)),
      );
      return out;
    },
  };
}
