// What keeping keys and values saves, on tiny models: the same logits with them and without, and nothing left behind.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { bytesDigest } from '../../../../src/engine/studies/bytesDigest';
import { cacheCostStudy } from '../../../../src/engine/studies/cacheCostStudy';
import { spreadSteps } from '../../../../src/engine/studies/decoderReading';
import { Stopwatch } from '../../../../src/engine/studies/stopwatch';
import { StudyContext } from '../../../../src/engine/studies/studyContext';
import { hasOwnKernel } from '../../../../src/transformer/operations/ownKernels';
import type { WrittenToken } from '../../../../src/protocol/trace';
import type { Answer } from '../../../../src/protocol/queries';
import { describeKernels } from '../../../support/kernels';
import { tokenOf } from '../../../support/traceParts';
import { openTrace, type OpenedTrace } from './stepsTrace';

const given = (id: number): WrittenToken => ({
  token: tokenOf(`t${id}`, { id }),
  probability: 1,
  rank: 0,
  candidates: [],
  searched: null,
  given: true,
  milliseconds: 1,
});

interface Asked {
  readonly answer: Answer<'cacheCost'>;
  readonly told: readonly number[];
}

async function ask(
  { trace }: OpenedTrace,
  steps: number,
  signal: { aborted: boolean } = { aborted: false },
  breathe = () => Promise.resolve(),
): Promise<Asked> {
  const told: number[] = [];
  const context = new StudyContext(trace, signal, (fraction) => told.push(fraction), breathe);
  return { answer: await cacheCostStudy(context, { steps }), told };
}

describeKernels('what the cache saves', () => {
  // Our own kernels compute a token's numbers the same way, however many others are computed with it.
  let tolerance = 0;
  before(() => {
    tolerance = hasOwnKernel('Attend') ? 0 : 1e-5;
  });

  for (const name of ['marian', 't5', 'gpt2', 'llama'])
    describe(name, () => {
      let opened: OpenedTrace;
      let tensors = 0;
      before(async () => {
        opened = await openTrace(`test/fixtures/reference/${name}`);
        tensors = tf.memory().numTensors;
      });
      afterEach(() => assert.equal(tf.memory().numTensors, tensors));
      after(() => opened.model.dispose());

      it('equal logits at every step, with the cache and without', async () => {
        const { answer, told } = await ask(opened, 64);
        const both = name === 'marian' || name === 't5';
        const contexts = answer.steps.map(({ context }) => context);
        const count = both ? opened.trace.written.length : opened.trace.source.length;
        assert.deepEqual(
          contexts,
          Array.from({ length: count }, (_, i) => i + 1),
        );
        for (const { step, difference, cached, uncached } of answer.steps) {
          assert.ok(difference <= tolerance, `step ${step}: ${difference}`);
          assert.ok(cached > 0 && uncached > 0);
        }
        assert.equal(told.length, count);
        assert.equal(told.at(-1), 1);
        const { layers, keyValueHeads, headWidth } = opened.model.summary;
        // Our own kernels fill values up to panels of eight dimensions.
        const values = hasOwnKernel('Attend') ? Math.ceil(headWidth / 8) * 8 : headWidth;
        const perToken = 4 * layers.decoder * keyValueHeads.decoder * (headWidth + values);
        assert.equal(answer.bytesPerToken, perToken);
        if (both) {
          assert.equal(answer.cross!.unchanged, true);
          assert.equal(answer.cross!.bytes, answer.bytesPerToken * opened.trace.source.length);
        } else assert.equal(answer.cross, null);
      });

      it('of some steps alone the same', async () => {
        const { answer } = await ask(opened, 3);
        assert.equal(answer.steps.length, 3);
        assert.ok(answer.steps.every(({ difference }) => difference <= tolerance));
        const [last] = (await ask(opened, 1)).answer.steps;
        assert.equal(last!.context, answer.steps.at(-1)!.context);
        assert.ok(last!.difference <= tolerance);
      });

      it('ends between two layers when nobody waits any more', async () => {
        const signal = { aborted: false };
        let layers = 0;
        const breathe = (): Promise<void> => {
          signal.aborted = ++layers === 9;
          return Promise.resolve();
        };
        await assert.rejects(ask(opened, 64, signal, breathe), { code: 'run.cancelled' });
        assert.equal(layers, 9);
      });
    });

  it('of a decoder that wrote on, the first step reads the whole text', async () => {
    const opened = await openTrace('test/fixtures/reference/gpt2');
    for (const id of [7, 31, 12]) opened.trace.write(given(id));
    const { answer } = await ask(opened, 64);
    const text = opened.trace.plan.source.length;
    assert.deepEqual(
      answer.steps.map(({ step, context }) => [step, context]),
      [0, 1, 2].map((step) => [step, text + step]),
    );
    assert.ok(answer.steps.every(({ difference }) => difference <= tolerance));
    opened.model.dispose();
  });

  it('what says no next tokens is refused', async () => {
    const opened = await openTrace('test/fixtures/reference/bert');
    await assert.rejects(ask(opened, 4), { code: 'writing.noOutput' });
    opened.model.dispose();
  });

  it('one bit of a tensor makes another digest', async () => {
    const [a, b, c] = [tf.tensor1d([1, 0]), tf.tensor1d([1, -0]), tf.tensor1d([1, 0])];
    assert.notEqual(await bytesDigest([a]), await bytesDigest([b]));
    assert.equal(await bytesDigest([a]), await bytesDigest([c]));
    tf.dispose([a, b, c]);
  });
});

describe('steps and stopwatch', () => {
  it('spreads steps evenly, first and last among them', () => {
    assert.deepEqual(spreadSteps(3, 8), [0, 1, 2]);
    assert.deepEqual(spreadSteps(9, 3), [0, 4, 8]);
    assert.deepEqual(spreadSteps(9, 1), [8]);
    const many = spreadSteps(200, 64);
    assert.equal(new Set(many).size, 64);
    assert.deepEqual([many[0], many.at(-1)], [0, 199]);
  });

  it('does not count what it waits for', async () => {
    const watch = new Stopwatch();
    const busy = (milliseconds: number): void => {
      const end = performance.now() + milliseconds;
      while (performance.now() < end);
    };
    const { value, milliseconds } = await watch.measure(async () => {
      await watch.wait(() => Promise.resolve(busy(60)));
      busy(5);
      return 'done';
    });
    assert.equal(value, 'done');
    assert.ok(milliseconds >= 5 && milliseconds < 50, String(milliseconds));
  });
});
