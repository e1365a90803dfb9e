// How a model is built, and where its parameters are: of every family, and to the last number.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { LoadedModel } from '../../../src/engine/loadedModel';
import { NodeModelFolder } from '../../../src/engine/nodeModelFolder';
import { structureSchema } from '../../../src/protocol/structure';
import * as v from 'valibot';
import { useWasm } from '../../support/wasm';

const foldersIn = (place: string): string[] =>
  readdirSync(place, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => path.join(place, name));

const FOLDERS = [
  ...foldersIn('test/fixtures/reference'),
  ...foldersIn('test/fixtures/variants'),
  ...foldersIn('test/fixtures/models'),
  'media/models/translate-en',
];

const load = (folder: string): Promise<LoadedModel> =>
  LoadedModel.load(new NodeModelFolder(path.resolve(folder)), { aborted: false });

const countOf = ({ structure }: LoadedModel, part: string, half: string | null): number =>
  structure.parameters.find((entry) => entry.part === part && entry.half === half)?.count ?? 0;

describe('the structure of a model', function () {
  this.timeout(60_000);
  before(() => useWasm());

  for (const folder of FOLDERS)
    it(`accounts for every parameter of ${folder}`, async () => {
      const model = await load(folder);
      try {
        const { structure, summary } = model;
        assert.ok(v.is(structureSchema, structure));
        const used = structure.parameters.reduce((sum, { count }) => sum + count, 0);
        assert.equal(used + structure.unusedParameters, summary.parameters);
        for (const half of ['encoder', 'decoder'] as const)
          assert.equal(structure[half] !== null, summary.layers[half] > 0);
      } finally {
        model.dispose();
      }
    });

  it('counts attention and network as their shapes say', async () => {
    const model = await load('media/models/translate-en');
    const { dModel, dFeedForward, layers, vocabulary } = model.summary;
    const attention = 4 * (dModel * dModel + dModel);
    const wide = dFeedForward.encoder;
    const network = 2 * dModel * wide + wide + dModel;
    assert.equal(countOf(model, 'attention', 'encoder'), layers.encoder * attention);
    assert.equal(countOf(model, 'cross', 'decoder'), layers.decoder * attention);
    assert.equal(countOf(model, 'feedForward', 'encoder'), layers.encoder * network);
    assert.equal(countOf(model, 'norms', 'decoder'), layers.decoder * 3 * 2 * dModel);
    assert.equal(countOf(model, 'tokens', 'encoder'), vocabulary * dModel);
    // One table for both stacks and the output: only its bias is the output's own.
    assert.equal(countOf(model, 'tokens', 'decoder'), 0);
    assert.equal(countOf(model, 'output', null), vocabulary);
    const { structure } = model;
    assert.equal(structure.sharedEmbeddings, true);
    assert.equal(structure.encoder?.embedding.scale, Math.sqrt(dModel));
    assert.deepEqual(structure.head, {
      task: 'nextToken',
      reads: 'all',
      transform: null,
      outputs: vocabulary,
      tied: true,
      probabilities: 'softmax',
    });
    model.dispose();
  });

  it('knows blocks that are one, and sub-layers that share a norm', async () => {
    const [albert, gptj, neox] = await Promise.all(
      ['albert', 'gptj', 'gpt_neox'].map((name) => load(`test/fixtures/reference/${name}`)),
    );
    assert.ok(albert!.summary.layers.encoder > 1);
    assert.equal(albert!.structure.encoder?.distinctBlocks, 1);
    assert.equal(albert!.structure.encoder?.embedding.projected, 'sum');
    assert.equal(gptj!.structure.decoder?.sharesNorm, true);
    assert.equal(neox!.structure.decoder?.sharesNorm, false);
    for (const model of [albert!, gptj!, neox!]) model.dispose();
  });

  it('tells which formulas a model computes by: its factor on scores, its gate', async () => {
    for (const [name, scaled, gated] of [
      ['bert', true, false],
      ['llama', true, true],
      ['t5', false, false],
      ['gpt_neo', false, false],
    ] as const) {
      const model = await load(`test/fixtures/reference/${name}`);
      const { scoreScale, headWidth, gated: hasGate } = model.summary;
      assert.equal(scoreScale, scaled ? 1 / Math.sqrt(headWidth) : 1, name);
      assert.equal(hasGate, gated, name);
      model.dispose();
    }
  });

  it('leaves no tensor behind but the weights', async () => {
    const before = tf.memory().numTensors;
    const model = await load('test/fixtures/reference/bert');
    model.dispose();
    assert.equal(tf.memory().numTensors, before);
  });
});
