import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { HeadConfig } from '../../../src/transformer/config';
import { Linear } from '../../../src/transformer/linear';
import { PlainMatrix } from '../../../src/transformer/matrix/plainMatrix';
import { LayerNorm } from '../../../src/transformer/normalization';
import { OutputHead, type HeadParts } from '../../../src/transformer/outputHead';
import { GatherProbe } from '../../support/gatherProbe';
import { useWasm } from '../../support/wasm';

const HEAD: HeadConfig = {
  task: 'nextToken',
  outputs: 3,
  reads: 'all',
  transform: null,
  tied: false,
  scale: 1,
  labels: [],
  labelKind: 'single',
};
const SHAPE = { batch: 2, length: 2 };
/** [batch · position, width] */
const STATES = [1, 2, 3, 4, 5, 6, 7, 8];

/** `tf.tidy` for results that hold no tensors. */
function tidied<T>(make: () => T): T {
  tf.engine().startScope();
  try {
    return make();
  } finally {
    tf.engine().endScope();
  }
}

describe('the head of a model', () => {
  before(useWasm);

  /** A map [2, outputs] whose numbers count up from 1, and a bias of tenths. */
  const map = (outputs: number, bias = true): Linear =>
    new Linear(
      new PlainMatrix(
        tf.tensor2d(
          Array.from({ length: 2 * outputs }, (_, i) => i + 1),
          [2, outputs],
        ),
      ),
      bias ? tf.tensor1d(Array.from({ length: outputs }, (_, i) => i / 10)) : null,
    );

  interface Applied {
    readonly numbers: readonly number[];
    readonly offered: Readonly<Record<string, readonly number[]>>;
    readonly probe: GatherProbe;
  }

  function apply(config: Partial<HeadConfig>, parts: Partial<HeadParts>): Applied {
    const probe = new GatherProbe(() => true);
    const numbers = tf.tidy(() => {
      const all = { transform: null, transformNorm: null, output: null, ...parts };
      const head = new OutputHead({ ...HEAD, ...config }, all);
      return [...head.apply(tf.tensor2d(STATES, [4, 2]), SHAPE, probe).dataSync()];
    });
    return { numbers, offered: Object.fromEntries(probe.shapes), probe };
  }

  const close = (actual: readonly number[], wanted: readonly number[]): void => {
    assert.equal(actual.length, wanted.length);
    for (const [i, one] of wanted.entries())
      assert.ok(Math.abs(actual[i]! - one) < 1e-5, `${i}: ${actual[i]} ≠ ${one}`);
  };

  it('logits of every position, with bias and scale', () => {
    const { numbers, offered } = tidied(() => apply({ scale: 0.5 }, { output: map(3) }));
    assert.deepEqual(offered, { logits: [2, 2, 3] });
    const wanted = [0, 1, 2, 3].flatMap((row) =>
      [0, 1, 2].map(
        (out) => 0.5 * (STATES[2 * row]! * (out + 1) + STATES[2 * row + 1]! * (out + 4)) + out / 10,
      ),
    );
    close(numbers, wanted);
  });

  it('labels of the first position of each text, after a dense layer', () => {
    const transform = { width: 2, activation: 'tanh', norm: null } as const;
    const { numbers, offered } = tidied(() => {
      const dense = new Linear(new PlainMatrix(tf.tensor2d([0.1, 0, 0, 0.1], [2, 2])), null);
      const config = { task: 'sequenceLabels', reads: 'first', transform } as const;
      return apply(config, { transform: dense, output: map(3, false) });
    });
    assert.deepEqual(offered, { logits: [2, 3] });
    const wanted = [0, 2].flatMap((row) => {
      const [a, b] = [Math.tanh(STATES[2 * row]! / 10), Math.tanh(STATES[2 * row + 1]! / 10)];
      return [1, 2, 3].map((out) => a * out + b * (out + 3));
    });
    close(numbers, wanted);
  });

  it('dense, non-linearity, norm, then the output', () => {
    const { numbers } = tidied(() => {
      const dense = new Linear(new PlainMatrix(tf.tensor2d([1, 0, 0, -1], [2, 2])), null);
      const norm = new LayerNorm(tf.tensor1d([1, 1]), tf.tensor1d([0, 0]), 1e-12);
      const transform = { width: 2, activation: 'relu', norm: null } as const;
      const config = { task: 'maskedToken', transform } as const;
      return apply(config, { transform: dense, transformNorm: norm, output: map(3, false) });
    });
    // relu leaves (x, 0), the norm makes it (1, −1).
    close(numbers, Array.from({ length: 4 }, () => [-3, -3, -3]).flat());
  });

  it('a pooler: the dense layer is the answer', () => {
    const transform = { width: 2, activation: 'tanh', norm: null } as const;
    const { offered, numbers } = tidied(() => {
      const dense = new Linear(new PlainMatrix(tf.tensor2d([1, 0, 0, 1], [2, 2])), null);
      return apply({ task: null, reads: 'first', transform }, { transform: dense });
    });
    assert.deepEqual(offered, { pooler_output: [2, 2] });
    close(numbers, [1, 2, 5, 6].map(Math.tanh));
  });

  it('where an answer begins and ends; whether a token was replaced', () => {
    const span = tidied(() => apply({ task: 'answerSpan', outputs: 2 }, { output: map(2) }));
    assert.deepEqual(span.offered, { start_logits: [2, 2], end_logits: [2, 2] });
    const starts = [...span.probe.values.get('start_logits')!];
    const ends = [...span.probe.values.get('end_logits')!];
    close(
      span.numbers,
      starts.flatMap((start, i) => [start, ends[i]!]),
    );
    const replaced = tidied(() => apply({ task: 'replacedToken', outputs: 1 }, { output: map(1) }));
    assert.deepEqual(replaced.offered, { logits: [2, 2] });
  });
});
