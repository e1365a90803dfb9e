import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { canQuantise, quantisedTwin } from '../../../src/transformer/quantisedTwin';
import type { Transformer } from '../../../src/transformer/transformer';
import { useWasm } from '../../support/wasm';
import { describeModels } from './smallModels';
import { smallPass } from './smallPass';

/**
 * How far attention moved when it was measured, at most. These models are narrow and their weights
 * random and large, which is more than trained ones ask for; a kernel gone wrong moves it by far more.
 */
const MOVED: Readonly<Record<string, number>> = {
  'reference/bert': 0.02,
  'reference/albert': 0.0426,
  'reference/gpt2': 0.0257,
  'reference/llama': 0.0893,
  'reference/gptj': 0.0274,
  'reference/t5': 0.0432,
};
/** Another order of sums, another machine. */
const MARGIN = 1.1;
const breathe = (): Promise<void> => Promise.resolve();
const wanted = { aborted: false };

const patternOf = (name: string): boolean => name.endsWith('.pattern');

describe('without kernels of 8 bits', () => {
  before(useWasm);

  it('there is no twin', () => assert.equal(canQuantise(), false));
});

describeModels(
  'a twin in 8 bits',
  Object.keys(MOVED),
  (model, folder) => {
    const withTwin = async (test: (twin: Transformer) => Promise<void>): Promise<void> => {
      const twin = await quantisedTwin(model(), wanted, breathe);
      try {
        await test(twin);
      } finally {
        twin.dispose();
      }
    };

    it('reads as its model does, about', async () => {
      await withTwin(async (twin) => {
        const exact = await smallPass(model(), { sees: patternOf });
        const about = await smallPass(twin, { sees: patternOf });
        assert.deepEqual([...about.values.keys()], [...exact.values.keys()]);
        let moved = 0;
        for (const [name, pattern] of exact.values)
          for (const [i, weight] of pattern.entries())
            moved = Math.max(moved, Math.abs(weight - about.values.get(name)![i]!));
        assert.ok(moved > 0, 'nothing was approximated');
        assert.ok(moved < MOVED[folder]! * MARGIN, `moved by ${moved}`);
      });
    });

    it('owns its 8-bit weights and nothing else', async () => {
      const before = tf.memory().numTensors;
      await withTwin((twin) => {
        assert.equal(tf.memory().numTensors - before, twin.weightTensors);
        const linears = twin.weightTensors / 3;
        assert.ok(linears >= 6 && Number.isInteger(linears), `${linears} maps`);
        return Promise.resolve();
      });
      const { states } = await smallPass(model(), { sees: patternOf });
      assert.ok(states.every(Number.isFinite), 'the model lives on');
    });

    it('is given up between two blocks, and leaves nothing behind', async () => {
      const signal = { aborted: false };
      const giveUp = (): Promise<void> => {
        signal.aborted = true;
        return Promise.resolve();
      };
      const layers = (model().encoder ?? model().decoder)!.parts.blocks.length;
      const making = quantisedTwin(model(), signal, giveUp);
      if (layers > 1) await assert.rejects(making, { code: 'run.cancelled' });
      else (await making).dispose();
    });

    if (folder.endsWith('albert'))
      it('keeps weights once that several layers share', async () => {
        await withTwin((twin) => {
          assert.equal(twin.weightTensors, 3 * 6);
          return Promise.resolve();
        });
      });
  },
  ['own'],
);
