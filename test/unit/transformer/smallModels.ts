// Runs the same tests on several small reference models, and counts their tensors.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { Transformer } from '../../../src/transformer/transformer';
import { loadReference, type ReferenceModel } from '../../support/reference';
import { useWasm } from '../../support/wasm';

/** Tests of a model; `model()` once they run. */
export function describeModels(
  what: string,
  folders: readonly string[],
  tests: (model: () => Transformer, folder: string) => void,
): void {
  describe(what, () => {
    for (const folder of folders) {
      describe(folder, () => {
        let reference: ReferenceModel;
        let tensors: number;
        before(async () => {
          await useWasm();
          reference = await loadReference(`test/fixtures/${folder}`);
          tensors = tf.memory().numTensors;
        });
        afterEach(() => assert.equal(tf.memory().numTensors, tensors, 'no tensor is left'));
        after(async () => {
          reference.model.dispose();
          await reference.tensors.close();
        });
        tests(() => reference.model, folder);
      });
    }
  });
}
