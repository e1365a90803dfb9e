import * as tf from '@tensorflow/tfjs-core';
import { hasOwnKernel, runOwnKernel } from './operations/ownKernels';

/** Some rows of a table `[rows, width]`, `[ids, width]`. Call inside `tf.tidy`. */
export const tableRows = (table: tf.Tensor2D, ids: Int32Array): tf.Tensor2D =>
  hasOwnKernel('TableRows')
    ? runOwnKernel('TableRows', { table }, { ids: [...ids] })
    : tf.gather(table, tf.tensor1d(ids, 'int32'));
