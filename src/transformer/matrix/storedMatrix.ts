import * as tf from '@tensorflow/tfjs-core';
import { hasOwnKernel } from '../operations/ownKernels';
import { PackedMatrix } from './packedMatrix';
import { PlainMatrix } from './plainMatrix';
import type { StoredLayout, WeightMatrix } from './weightMatrix';

/** Whether matrices are packed: the backend in use has the kernels. */
export const packsMatrices = (): boolean => hasOwnKernel('PackRows');

/** Takes over a matrix as a checkpoint has it: the result is the only copy. */
export function storedMatrix(stored: tf.Tensor2D, layout: StoredLayout): WeightMatrix {
  const packs = packsMatrices();
  if (!packs && layout === 'inOut') return new PlainMatrix(stored);
  try {
    return packs ? PackedMatrix.of(stored, layout) : new PlainMatrix(tf.transpose(stored));
  } finally {
    stored.dispose();
  }
}
