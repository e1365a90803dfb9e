import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { backend, type Tensor } from '@tensorflow/tfjs-core';

/**
 * The numbers of a tensor where its backend keeps them: not to be changed, and valid until the next
 * kernel runs or the tensor is freed. `dataSync` would copy a layer's attention of a long text (50 MB)
 * only for its reader to copy it once more.
 */
export function lentNumbers(tensor: Tensor): Float32Array {
  const current = backend();
  return current instanceof BackendWasm
    ? (current.typedArrayFromHeap(tensor) as Float32Array)
    : tensor.dataSync<'float32'>();
}
