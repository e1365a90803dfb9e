import { Failure } from '../failure/failure';
import { packsMatrices } from '../transformer/matrix/storedMatrix';
import { heapUse, type HeapUse } from './heapUse';

/**
 * Left of WebAssembly's 4 GB for runs when a model is loaded: a text of 1,024 tokens takes 12 layers of
 * width 768 about 200 MB. What is left for weights are 3.5 GB: 940 million parameters with our own
 * kernels, half as many with tfjs's.
 */
const RUN_BYTES = 2 ** 29;
/** Share of the machine's free memory a single request may take: the editor and others need theirs. */
const FREE_SHARE = 0.8;
const FLOAT_BYTES = 4;
const MB = 2 ** 20;
/**
 * How often a weight is in memory: our own kernels compute with the one copy that is read from the file;
 * those of tfjs (XNNPACK) pack another one when a matrix is used first.
 */
const COPIES = { own: 1, stock: 2 };

/** Which kernels compute. */
export type KernelKind = keyof typeof COPIES;

export const kernelKind = (): KernelKind => (packsMatrices() ? 'own' : 'stock');

/** Where bytes may go. */
export interface Room {
  /** Memory that this process may still take from the system. */
  readonly free: number;
  /** Null: there is no other limit. */
  readonly heap: HeapUse | null;
}

export const roomNow = (): Room => ({ free: freeBytes(), heap: heapUse() });

/** @throws Failure `memory.model` before the first weight is read */
export function checkModelFits(parameters: number, kernels = kernelKind(), room = roomNow()): void {
  const needed = parameters * FLOAT_BYTES * COPIES[kernels];
  const available = Math.min(availableBytes(room), heapBytes(room, kernels) - RUN_BYTES);
  if (needed > available) throw new Failure('memory.model', megabytes(needed, available));
}

/** What a run will hold. */
export interface RunBytes {
  /** In the trace, for as long as it lives. */
  readonly trace: number;
  /** In tfjs, while it goes on. */
  readonly working: number;
}

/**
 * @param budget of all traces together
 * @throws Failure `memory.run`, `memory.budget` before the first layer
 */
export function checkRunFits(
  { trace, working }: RunBytes,
  budget: number,
  kernels = kernelKind(),
  room = roomNow(),
): void {
  if (trace > budget) throw new Failure('memory.budget', megabytes(trace, budget));
  const inHeap = heapBytes(room, kernels);
  if (working > inHeap) throw new Failure('memory.run', megabytes(working, inHeap));
  const available = availableBytes(room);
  if (trace + working > available)
    throw new Failure('memory.run', megabytes(trace + working, available));
}

/** What may be taken of the system's memory, and of what the heap has and does not use. */
export const availableBytes = ({ free, heap }: Room): number =>
  free * FREE_SHARE + (heap ? Math.max(0, heap.held - heap.used) : 0);

/** What the heap may still hold. */
const heapBytes = ({ heap }: Room, kernels: KernelKind): number =>
  heap ? heap.limit - heap.used * COPIES[kernels] : Number.POSITIVE_INFINITY;

function megabytes(needed: number, available: number): { needed: number; available: number } {
  return { needed: Math.ceil(needed / MB), available: Math.max(0, Math.floor(available / MB)) };
}

/** Memory that this process may still take: with what the system would give back, within a container's limit. */
export function freeBytes(): number {
  return process.availableMemory();
}
