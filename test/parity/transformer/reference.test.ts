// Every number against the reference implementation: one test a model and case, one table at the end.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import {
  loadReference,
  maxAbs,
  type Reference,
  type ReferenceModel,
} from '../../support/reference';
import { hasOwnKernel } from '../../../src/transformer/operations/ownKernels';
import { describeKernels } from '../../support/kernels';
import { compareCase } from './compareCase';
import { ParityTable } from './parityTable';
import { beamsOf, write } from './write';

/** Float32 sums in another order stay below this, all but the cases named here. */
const USUAL = 2e-5;
/** Cases beyond it, each with its own bound: trained models with logits up to 32, where one step of float32 is 4e-6. */
const FARTHER: Readonly<Record<string, number>> = {
  'g2p-bart-gb/s1': 4e-5,
  'g2p-bart-us/s0': 4e-5,
  'g2p-bart-us/s1': 4e-5,
  'stories260K/s0': 4e-5,
};
/** The same for our own kernels, which add up in another order than tfjs's. */
const FARTHER_OWN: Readonly<Record<string, number>> = {
  ...FARTHER,
  'g2p-bart-us/s2': 4e-5,
  'g2p-bart-us/s3': 4e-5,
};
/** Allowed difference of the score of a sequence. */
const SCORE = 1e-5;

/** Folders of models: ours, which are in the repository, and public ones beside it where they are there. */
const ROOTS = [
  'test/fixtures/reference',
  'test/fixtures/variants',
  'media/models',
  '../shared/reference/real',
];
const isReference = (folder: string): boolean => existsSync(path.join(folder, 'expected.json'));

describeKernels('parity with the reference implementation', () => {
  const table = new ParityTable();
  after(() => console.log(`\n${table.toString()}\n`));

  for (const root of ROOTS) {
    if (!existsSync(root)) {
      it.skip(`${root} is not there`);
      continue;
    }
    for (const name of readdirSync(root)) {
      const folder = path.join(root, name);
      if (isReference(folder)) describe(name, () => compareModel(name, folder, table));
    }
  }
});

function compareModel(name: string, folder: string, table: ParityTable): void {
  // The names of the tests are needed before the model is loaded.
  const { cases, generation = {} } = JSON.parse(
    readFileSync(path.join(folder, 'expected.json'), 'utf8'),
  ) as Pick<Reference, 'cases'> & Partial<Reference>;
  let reference: ReferenceModel;
  let tensors: number;
  before(async () => {
    const outside = tf.memory().numTensors;
    reference = await loadReference(folder);
    tensors = tf.memory().numTensors;
    assert.equal(tensors - outside, reference.model.weightTensors, 'a model is its weights');
  });
  afterEach(() => assert.equal(tf.memory().numTensors, tensors, 'a run frees all its tensors'));
  after(async () => {
    reference.model.dispose();
    await reference.tensors.close();
    assert.equal(tf.memory().numTensors, 0, 'a model frees all its tensors');
  });

  for (const [one, { sequences }] of Object.entries(cases)) {
    it(one, async () => {
      const { worst, output, tensors: count } = await compareCase(reference, one);
      table.add({ model: name, case: one, compared: `${count} tensors`, worst, output });
      assert.ok(count >= 4, 'there were tensors to compare');
      const farther = hasOwnKernel('PackedProduct') ? FARTHER_OWN : FARTHER;
      const bound = Math.min(farther[`${name}/${one}`] ?? USUAL, reference.expected.suggested_atol);
      assert.ok(worst <= bound, `${output} differs by ${worst}`);
    });
    if (!sequences) continue;
    it(`${one}: written sequence`, async () => {
      const { input_ids } = cases[one]!.inputs;
      const written = await write(reference, { input_ids, sequences }, 1);
      assert.deepEqual(written.sequences, sequences);
    });
  }

  for (const [one, task] of Object.entries(generation)) {
    it(`${one}: written sequences`, async () => {
      const beams = beamsOf(one);
      const { sequences, scores } = await write(reference, task, beams);
      assert.deepEqual(sequences, task.sequences);
      assert.equal(scores === null, task.sequences_scores === undefined);
      const worst = scores ? maxAbs(scores, task.sequences_scores!) : 0;
      const compared = `${sequences.length} sequences`;
      table.add({ model: name, case: one, compared, worst, output: scores ? 'scores' : '' });
      assert.ok(worst <= SCORE, `scores differ by ${worst}`);
    });
  }
}
