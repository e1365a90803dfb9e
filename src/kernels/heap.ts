import type { TensorInfo } from '@tensorflow/tfjs-core';

/** tfjs's memory, where tensors are and where kernels compute. */
export interface Heap {
  /** Views; made anew whenever the memory has grown. */
  readonly floats: Float32Array;
  readonly bytes: Uint8Array;
  /** Address of a tensor’s numbers: a multiple of 16. */
  addressOf(tensor: TensorInfo): number;
  /** A tensor whose numbers may be anything. @throws Failure `memory.heap` */
  makeTensor(shape: readonly number[], dtype: 'float32' | 'int32'): TensorInfo;
  /** Bytes at a multiple of 16; the caller frees them. @throws Failure `memory.heap` */
  allocate(bytes: number): number;
  free(address: number): void;
}
