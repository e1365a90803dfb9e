import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { AttentionKernels } from '../../transformer/operations/attentionKernels';
import type { Heap } from '../heap';
import type { KernelPool } from '../kernelPool';
import { partsOf, ScratchTable } from './addresses';
import type { KernelSet } from './kernelSet';
import type { Scratch } from './scratch';
import { unitsAtOnce } from './unitsAtOnce';

/** Queries that are computed together: a unit of work. */
const BLOCK = 4;
/** What a thread needs for each query of a block besides a number a key. */
const SPARE = 8;
/** Of a float32. */
const BYTES = 4;
/** What the softmax of a score takes, in multiplications of a product. */
const SOFTMAX_WORK = 16;

/** Sizes of an attention, in the order in which its kernels take them. */
type Sizes = readonly [
  ...[queries: number, length: number, capacity: number],
  ...[heads: number, sharing: number, width: number],
];

/**
 * Scaled dot-product attention over packed keys and values, one sequence after another.
 * @param scratch for the scores of the blocks that threads are at, and for tables of addresses
 */
export function attendKernels(
  pool: KernelPool,
  heap: Heap,
  scratch: Scratch,
): KernelSet<
  Pick<AttentionKernels, 'Attend' | 'AttentionScores' | 'AttentionPattern' | 'AttentionMix'>
> {
  const scratchBytes = (length: number): number =>
    pool.mostThreads * BLOCK * (length + SPARE) * BYTES;
  const share = (
    [queries, length, , heads, , width]: Sizes,
    products: number,
  ): [units: number, atOnce: number] => {
    const units = heads * Math.ceil(queries / BLOCK);
    const work = Math.min(queries, BLOCK) * length * (products * width + SOFTMAX_WORK);
    return [units, unitsAtOnce(pool, units, work)];
  };
  /** Lays out what is added to scores; see the arguments `masks` and `biases` of kernels. */
  const tables = (
    masks: readonly (TensorInfo | null)[],
    biases: readonly TensorInfo[],
    length: number,
  ) => {
    const tensors = [...masks, ...biases];
    const table = new ScratchTable(heap, scratch, scratchBytes(length), tensors);
    const heads = biases.length / masks.length;
    const masked = masks.some((mask) => mask !== null);
    const perQuery = (biases[0]?.shape[0] ?? 1) > 1;
    const ofSequence = (i: number): [masks: number, biases: number, biasStride: number] => [
      masked ? table.entry(i) : 0,
      heads > 0 ? table.entry(masks.length + i * heads) : 0,
      perQuery ? length : 0,
    ];
    return { room: table.room, ofSequence };
  };

  return {
    Attend({ query, keys, values, masks, biases }, { heads, length, scale, causalOffset }) {
      const sizes = sizesOf(query, keys, heads, length);
      const [queries, , , , , width] = sizes;
      const pattern = heap.makeTensor([keys.length, heads, queries, length], 'float32');
      const z = heap.makeTensor([keys.length * queries, heads * width], 'float32');
      const { room, ofSequence } = tables(masks, biases, length);
      const [queryOf, patternOf, zOf] = partsOf(heap, keys.length, [query, pattern, z]);
      for (const [i, memory] of keys.entries()) {
        const memories = [heap.addressOf(memory), heap.addressOf(values[i]!)] as const;
        const places = [queryOf(i), ...memories, patternOf(i), zOf(i), room] as const;
        const all = [...places, ...sizes, scale, causalOffset, ...ofSequence(i)] as const;
        pool.run('attend', [...all], ...share(sizes, 2));
      }
      return [pattern, z];
    },

    AttentionScores({ query, keys, masks, biases }, { heads, length, scale }) {
      const sizes = sizesOf(query, keys, heads, length);
      const [queries] = sizes;
      const scores = heap.makeTensor([keys.length, heads, queries, length], 'float32');
      const { room, ofSequence } = tables(masks, biases, length);
      const [queryOf, scoresOf] = partsOf(heap, keys.length, [query, scores]);
      for (const [i, memory] of keys.entries()) {
        const places = [queryOf(i), heap.addressOf(memory), scoresOf(i), room] as const;
        const all = [...places, ...sizes, scale, ...ofSequence(i)] as const;
        pool.run('scores', [...all], ...share(sizes, 1));
      }
      return scores;
    },

    AttentionPattern({ scores }) {
      const [sequences, heads, queries, length] = scores.shape as [number, number, number, number];
      const pattern = heap.makeTensor(scores.shape, 'float32');
      const rows = sequences * heads * queries;
      const places = [heap.addressOf(scores), heap.addressOf(pattern)] as const;
      const atOnce = unitsAtOnce(pool, rows, length * SOFTMAX_WORK);
      pool.run('softmax', [...places, length], rows, atOnce);
      return pattern;
    },

    AttentionMix({ pattern, values }, { width }) {
      const [sequences, heads, queries, length] = pattern.shape as [number, number, number, number];
      const z = heap.makeTensor([sequences * queries, heads * width], 'float32');
      const room = scratch.room(scratchBytes(length));
      const [patternOf, zOf] = partsOf(heap, sequences, [pattern, z]);
      for (const [i, memory] of values.entries()) {
        const [shared = 0, , capacity = 0] = memory.shape;
        const sizes: Sizes = [queries, length, capacity, heads, heads / shared, width];
        const places = [patternOf(i), heap.addressOf(memory), zOf(i), room] as const;
        pool.run('mix', [...places, ...sizes], ...share(sizes, 1));
      }
      return z;
    },
  };
}

function sizesOf(
  query: TensorInfo,
  keys: readonly TensorInfo[],
  heads: number,
  length: number,
): Sizes {
  const [rows = 0, columns = 0] = query.shape;
  const [shared = 0, panels = 0, width = 0, panel = 0] = keys[0]!.shape;
  const queries = rows / keys.length;
  const capacity = panels * panel;
  if (columns !== heads * width) throw new Error(`${columns} columns are not ${heads} heads`);
  return [queries, length, capacity, heads, heads / shared, width];
}
