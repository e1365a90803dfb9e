import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { AttentionKernels } from '../../transformer/operations/attentionKernels';
import type { Heap } from '../heap';
import type { KernelPool } from '../kernelPool';
import { partsOf } from './addresses';
import type { KernelSet } from './kernelSet';
import { unitsAtOnce } from './unitsAtOnce';

/** Keys, or dimensions of values, that lie side by side. */
const PANEL = 8;
/** Of a float32. */
const BYTES = 4;
/** What moving a number takes, in multiplications of a product. */
const MOVE_WORK = 4;

/** Packed keys and values: see `PackedKeysValues`. */
export function keysValuesKernels(
  pool: KernelPool,
  heap: Heap,
): KernelSet<Pick<AttentionKernels, 'KeysValuesRoom' | 'AppendKeysValues' | 'UnpackKeys'>> {
  /** Copies numbers within the heap; places are counted in numbers. */
  const copy = (from: number, to: number, count: number): unknown =>
    heap.floats.copyWithin(to, from, from + count);
  const placeOf = (tensor: TensorInfo): number => heap.addressOf(tensor) / BYTES;

  return {
    KeysValuesRoom({ keys: oldKeys, values: oldValues }, { heads, width, capacity, length }) {
      const panels = Math.ceil(width / PANEL);
      const keys = heap.makeTensor([heads, capacity / PANEL, width, PANEL], 'float32');
      const values = heap.makeTensor([heads, panels, capacity, PANEL], 'float32');
      if (!oldKeys || !oldValues) return [keys, values];
      const [, , oldCapacity = 0] = oldValues.shape;
      const [keysFrom, keysTo] = [placeOf(oldKeys), placeOf(keys)];
      const begun = Math.ceil(length / PANEL) * PANEL; // keys of all panels that hold any
      for (let head = 0; head < heads; head++) {
        const from = keysFrom + head * oldCapacity * width;
        copy(from, keysTo + head * capacity * width, begun * width);
      }
      const [valuesFrom, valuesTo] = [placeOf(oldValues), placeOf(values)];
      for (let panel = 0; panel < heads * panels; panel++) {
        const from = valuesFrom + panel * oldCapacity * PANEL;
        copy(from, valuesTo + panel * capacity * PANEL, length * PANEL);
      }
      return [keys, values];
    },

    AppendKeysValues({ keyRows, valueRows, keys, values }, { past }) {
      const [keyRowsOf, valueRowsOf] = partsOf(heap, keys.length, [keyRows, valueRows]);
      const length = keyRows.shape[0]! / keys.length;
      for (const [i, memory] of keys.entries()) {
        const [heads = 0, panels = 0, width = 0] = memory.shape;
        const sizes = [length, heads, width, past, panels * PANEL] as const;
        const atOnce = unitsAtOnce(pool, heads, length * width * MOVE_WORK);
        const keyPlaces = [keyRowsOf(i), heap.addressOf(memory)] as const;
        pool.run('packKeys', [...keyPlaces, ...sizes], heads, atOnce);
        const valuePlaces = [valueRowsOf(i), heap.addressOf(values[i]!)] as const;
        pool.run('packValues', [...valuePlaces, ...sizes], heads, atOnce);
      }
      return [];
    },

    UnpackKeys({ keys }, { length }) {
      const [heads = 0, panels = 0, width = 0] = keys.shape;
      const plain = heap.makeTensor([heads, width, length], 'float32');
      const places = [heap.addressOf(keys), heap.addressOf(plain)] as const;
      const atOnce = unitsAtOnce(pool, heads, length * width * MOVE_WORK);
      pool.run('unpackKeys', [...places, length, width, panels * PANEL], heads, atOnce);
      return plain;
    },
  };
}
