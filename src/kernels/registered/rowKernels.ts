import type { RowKernels } from '../../transformer/operations/rowKernels';
import type { Heap } from '../heap';
import { ACTIVATIONS } from '../kernelArguments';
import type { KernelPool } from '../kernelPool';
import { addressIn, sizeOf } from './infos';
import type { KernelSet } from './kernelSet';
import { unitsAtOnce } from './unitsAtOnce';

/** Work at a number, in multiplications of a product. */
const NORM_WORK = 8;
const ACTIVATION_WORK = 32;
const ROTATION_WORK = 8;

/** Numbers of a unit of `activate`. */
const FOUR = 4;

export function rowKernels(pool: KernelPool, heap: Heap): KernelSet<RowKernels> {
  return {
    LayerNorm({ x, gain, bias }, { epsilon }) {
      const [rows, width] = sizeOf(x);
      const out = heap.makeTensor(x.shape, 'float32');
      const [from, to] = [heap.addressOf(x), heap.addressOf(out)];
      const [gainAt, biasAt] = [addressIn(heap, gain), addressIn(heap, bias)];
      const atOnce = unitsAtOnce(pool, rows, width * NORM_WORK);
      pool.run('layerNorm', [from, gainAt, biasAt, to, width, epsilon], rows, atOnce);
      return out;
    },
    RmsNorm({ x, gain }, { epsilon }) {
      const [rows, width] = sizeOf(x);
      const out = heap.makeTensor(x.shape, 'float32');
      const [from, gainAt, to] = [heap.addressOf(x), heap.addressOf(gain), heap.addressOf(out)];
      const atOnce = unitsAtOnce(pool, rows, width * NORM_WORK);
      pool.run('rmsNorm', [from, gainAt, to, width, epsilon], rows, atOnce);
      return out;
    },
    Activate({ x, gate }, { activation }) {
      const [rows, width] = sizeOf(x);
      const count = rows * width;
      const out = heap.makeTensor(x.shape, 'float32');
      const [from, gateAt, to] = [heap.addressOf(x), addressIn(heap, gate), heap.addressOf(out)];
      const units = Math.ceil(count / FOUR);
      const atOnce = unitsAtOnce(pool, units, FOUR * ACTIVATION_WORK);
      pool.run('activate', [from, gateAt, to, count, ACTIVATIONS[activation]], units, atOnce);
      return out;
    },
    Rotate({ x, cosines, sines }, { dimensions, interleaved }) {
      const [rows, whole] = sizeOf(x);
      const [, , width = 0] = cosines.shape;
      const out = heap.makeTensor(x.shape, 'float32');
      const [from, to] = [heap.addressOf(x), heap.addressOf(out)];
      const turns = [heap.addressOf(cosines), heap.addressOf(sines)] as const;
      pool.run(
        'rotate',
        [from, ...turns, to, whole / width, width, dimensions, interleaved ? 1 : 0],
        rows,
        unitsAtOnce(pool, rows, whole * ROTATION_WORK),
      );
      return out;
    },
  };
}
