import * as tf from '@tensorflow/tfjs-core';
import { Failure } from '../failure/failure';

/** Has tfjs compute with a backend. @throws Failure `engine.backend` */
export async function useBackend(name: string): Promise<void> {
  if (!(await tf.setBackend(name))) {
    throw new Failure('engine.backend', { backend: name, reason: 'setBackend refused' });
  }
  await tf.ready();
}
