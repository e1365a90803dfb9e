// What is said about positions, against the engine itself: rotations, symmetry, and the scores that a
// first layer computes where every token's own vector is zero.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { answer } from '../../../src/engine/answer';
import { LoadedModel } from '../../../src/engine/loadedModel';
import { NodeModelFolder } from '../../../src/engine/nodeModelFolder';
import { PictureQueue } from '../../../src/engine/pictureQueue';
import { Trace } from '../../../src/engine/trace';
import type { Answer, Query, QueryName, Question, StudyQuery } from '../../../src/protocol/queries';
import { numbersOf } from '../../../src/protocol/wireTensor';
import { tokenBatch } from '../../../src/transformer/sequence';
import { GatherProbe } from '../../support/gatherProbe';
import { maxAbs } from '../../support/reference';
import { planWith, tokenOf } from '../../support/traceParts';
import { describeKernels } from '../../support/kernels';

const COUNT = 9;

interface Opened {
  readonly model: LoadedModel;
  readonly trace: Trace;
  ask<N extends QueryName>(name: N, question: Question<N>): Answer<N>;
}

async function open(name: string): Promise<Opened> {
  const folder = new NodeModelFolder(`test/fixtures/reference/${name}`);
  const model = await LoadedModel.load(folder, { aborted: false });
  const source = Array.from({ length: COUNT }, (_, id) => tokenOf(`t${id}`, { id: 5 + id }));
  const target = source.slice(0, 1);
  const plan = planWith({
    model: model.summary,
    text: '',
    source: [...source],
    target: [...target],
  });
  const trace = new Trace('made', plan, model, new PictureQueue());
  return {
    model,
    trace,
    ask: (name, question) => {
      const query = { name, question } as Exclude<Query, StudyQuery>;
      return answer(trace, query);
    },
  };
}

describeKernels('positions, against the engine', () => {
  for (const name of ['aiayn', 'marian'])
    it(`${name}: a step is a rotation to 1e-6, the dot product has no sign`, async () => {
      const { model, ask } = await open(name);
      for (const shift of [1, 5]) {
        const { worst, positions } = ask('positionShift', { side: 'source', position: 3, shift });
        assert.ok(positions > COUNT && worst.difference < 1e-6, JSON.stringify(worst));
      }
      const { spread } = ask('positionReach', { side: 'source' });
      assert.ok(spread < 1e-4, String(spread));
      const { products, scores } = ask('positionScores', { half: 'encoder', head: 0, position: 4 });
      const [plain, seen] = [numbersOf(products), numbersOf(scores)];
      let signs = 0;
      for (let k = 1; k <= 4; k++) {
        assert.ok(Math.abs(plain[4 + k]! - plain[4 - k]!) < 1e-5);
        signs = Math.max(signs, Math.abs(seen[4 + k]! - seen[4 - k]!));
      }
      assert.ok(signs > 1e-3, 'W_Q and W_K tell before from after');
      const { stored, sines } = ask('positionWaves', { side: 'source', position: 7 });
      assert.ok(maxAbs(numbersOf(sines), numbersOf(stored!.sines)) < 1e-6);
      model.dispose();
    });

  it('bert, gpt2: learned positions are no rotation', async () => {
    for (const name of ['bert', 'gpt2']) {
      const { model, ask } = await open(name);
      const { relative } = ask('positionShift', { side: 'source', position: 3, shift: 1 });
      assert.ok(relative > 0.3, `${name}: ${relative}`);
      assert.throws(
        () => ask('positionWaves', { side: 'source', position: 0 }),
        /trace\.noPositionTable/,
      );
      model.dispose();
    }
  });

  it('llama: angles turn by a step, whatever the position', async () => {
    const { model, ask } = await open('llama');
    const { worst } = ask('positionShift', { side: 'source', position: 3, shift: 2 });
    assert.ok(worst.difference < 1e-5, JSON.stringify(worst));
    const { measure, head } = ask('distanceEffect', { half: 'decoder', head: 1 });
    assert.deepEqual([measure, head], ['cosine', null]);
    model.dispose();
  });

  for (const [name, half] of [
    ['aiayn', 'encoder'],
    ['marian', 'encoder'],
    ['marian', 'decoder'],
    ['bert', 'encoder'],
    ['roberta', 'encoder'],
    ['electra', 'encoder'],
    ['gpt2', 'decoder'],
    ['gpt_neo', 'decoder'],
  ] as const)
    it(`${name}, ${half}: scores of positions are those of tokens that are zero`, async () => {
      const { model, ask } = await open(name);
      const { transformer } = model;
      const prefix = transformer.architecture === 'encoderDecoder' ? `${half}.` : '';
      const scores = `${prefix}blocks.0.attn.scores`;
      const nothing = new Set([`${prefix}embed`, `${prefix}type_embed`]);
      const probe = new GatherProbe(
        (hook) => hook === scores || nothing.has(hook),
        (hook, value) => (nothing.has(hook) ? tf.zerosLike(value) : undefined),
      );
      const tokens = tokenBatch([Array.from({ length: COUNT }, (_, i) => 5 + i)]);
      const both = transformer.architecture === 'encoderDecoder';
      const pass = await transformer.forward(tokens, both ? tokens : null, probe);
      tf.dispose([pass.states, ...(pass.logits ? [pass.logits] : [])]);
      const computed = probe.values.get(scores)!; // [1, head, query, key]
      const held = tf.memory().numTensors;
      for (const head of [0, 1])
        for (const position of [0, 4]) {
          const made = ask('positionScores', { half, head, position });
          const reach = half === 'decoder' ? position + 1 : COUNT;
          const from = (head * COUNT + position) * COUNT;
          const own = numbersOf(made.biased ?? made.scores).slice(0, reach);
          const wanted = computed.slice(from, from + reach);
          assert.ok(maxAbs(own, wanted) < 1e-5, `${head} ${position}: ${maxAbs(own, wanted)}`);
        }
      assert.equal(tf.memory().numTensors, held, 'tensors left behind');
      model.dispose();
    });
});
