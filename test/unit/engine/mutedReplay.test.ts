// A head muted by a change, recomputed from the pass as trained: what its block of W_O would add is gone.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { numbersOf } from '../../../src/analysis/headVectors';
import { NodeModelFolder } from '../../../src/engine/nodeModelFolder';
import { LoadedModel } from '../../../src/engine/loadedModel';
import { PictureQueue } from '../../../src/engine/pictureQueue';
import { PrefixMemory } from '../../../src/engine/prefixMemory';
import { replayRun } from '../../../src/engine/replay/replayRun';
import { runTrace } from '../../../src/engine/runTrace';
import type { Trace } from '../../../src/engine/trace';
import type { Change } from '../../../src/protocol/change';
import { ANIMAL, BUILT_IN } from '../../support/engineHarness';
import { useWasm } from '../../support/wasm';

const quiet = {
  previewed: () => undefined,
  layer: () => undefined,
  searched: () => undefined,
  found: () => undefined,
  token: () => undefined,
  predicted: () => undefined,
};
const signal = new AbortController().signal;
const control = { signal, progress: () => undefined, breathe: () => Promise.resolve() };

describe('a muted head, replayed', function () {
  this.timeout(60_000);
  let model: LoadedModel;
  let trace: Trace | null = null;
  let tensors = 0;
  before(async () => {
    await useWasm();
    model = await LoadedModel.load(new NodeModelFolder(BUILT_IN), signal);
    tensors = tf.memory().numTensors;
    await runTrace(
      {
        type: 'run',
        trace: 'a',
        model: BUILT_IN,
        text: ANIMAL,
        pair: null,
        language: 'fra',
        writing: null,
        trainedTokens: null,
        preview: 'off',
      },
      {
        model,
        backend: 'wasm',
        budgetBytes: 2 ** 30,
        signal,
        prefix: new PrefixMemory(),
        pictures: new PictureQueue(),
      },
      {
        ...quiet,
        planned: (made) => {
          trace = made;
        },
        breathe: control.breathe,
      },
    );
  });
  it('asks nothing of the head: of a long text that would be most of the work', async () => {
    const head = model.transformer.head!;
    const { apply } = head;
    head.apply = () => assert.fail('the head was asked');
    try {
      await replayRun(trace!, model, [], [], control);
    } finally {
      head.apply = apply;
    }
  });

  after(() => {
    assert.equal(tf.memory().numTensors, tensors, 'no tensor is left');
    model.dispose();
  });

  for (const [stack, attention, added] of [
    ['encoder', 'encoder.blocks.1.attn', 'encoder.blocks.1.attn_out'],
    ['decoder', 'decoder.blocks.1.attn', 'decoder.blocks.1.attn_out'],
    ['cross', 'decoder.blocks.1.cross_attn', 'decoder.blocks.1.cross_attn_out'],
  ] as const)
    it(`adds what a W_O without its block adds: ${stack}`, async () => {
      const head = 3;
      const heads = [{ stack, layer: 1, head }];
      const change: Change = { kind: 'muted', heads };
      const names = [`${attention}.z`, added];
      const before = await replayRun(trace!, model, [], names, control);
      const after = await replayRun(trace!, model, [change], names, control);
      const output = model.outputProjection(stack, 1);
      const { inputs: rows, outputs: dModel } = output;
      const weights = numbersOf(output); // [heads · d_v, d_model]
      const z = before.value(`${attention}.z`); // [position, head, d_v]
      const [count, all, width] = z.shape as [number, number, number];
      assert.equal(rows, all * width);
      let most = 0;
      let moved = 0;
      for (let position = 0; position < count; position++) {
        const [own, now] = [before.row(added, position), after.row(added, position)];
        for (let column = 0; column < dModel; column++) {
          let part = 0;
          for (let i = 0; i < width; i++)
            part +=
              before.row(`${attention}.z`, position)[head * width + i]! *
              weights[(head * width + i) * dModel + column]!;
          most = Math.max(most, Math.abs(own[column]! - part - now[column]!));
          moved = Math.max(moved, Math.abs(part));
        }
        const silent = after.row(`${attention}.z`, position);
        assert.ok(silent.subarray(head * width, (head + 1) * width).every((value) => value === 0));
      }
      assert.ok(most < 1e-5, `differs by ${most}`);
      assert.ok(moved > 1e-3, 'the head adds something');
    });
});
