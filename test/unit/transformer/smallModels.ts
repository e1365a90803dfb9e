// Runs the same tests on several small reference models, by stock kernels and ours, and counts their tensors.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { Transformer } from '../../../src/transformer/transformer';
import { describeKernels, type Kernels } from '../../support/kernels';
import { loadReference, type ReferenceModel } from '../../support/reference';

/** Tests of a model; `model()` once they run. */
export function describeModels(
  what: string,
  folders: readonly string[],
  tests: (model: () => Transformer, folder: string) => void,
  kernels?: readonly Kernels[],
): void {
  const testsOf = (folder: string) => (): void => {
    let reference: ReferenceModel;
    let tensors: number;
    before(async () => {
      reference = await loadReference(`test/fixtures/${folder}`);
      tensors = tf.memory().numTensors;
    });
    afterEach(() => assert.equal(tf.memory().numTensors, tensors, 'no tensor is left'));
    after(async () => {
      reference.model.dispose();
      await reference.tensors.close();
    });
    tests(() => reference.model, folder);
  };
  describe(what, () => {
    for (const folder of folders) describeKernels(folder, testsOf(folder), kernels);
  });
}
