import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Heap } from '../heap';

/** Bytes of a float32. */
export const FLOAT = 4;

/** Address of a tensor's numbers; 0 stands for none. */
export const addressIn = (heap: Heap, tensor: TensorInfo | null): number =>
  tensor ? heap.addressOf(tensor) : 0;

/** Of a matrix. */
export const sizeOf = ({ shape }: TensorInfo): readonly [rows: number, columns: number] => [
  shape[0]!,
  shape[1]!,
];
