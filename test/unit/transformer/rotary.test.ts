import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { Rotation, type RotaryConfig } from '../../../src/transformer/positions/rotary';
import {
  frequencies,
  vectorFactor,
  type RopeScaling,
} from '../../../src/transformer/positions/ropeScaling';
import { useWasm } from '../../support/wasm';

const BASE = 10_000;
const D = 16;
const YARN = {
  kind: 'yarn',
  factor: 4,
  attentionFactor: 0.1 * Math.log(4) + 1,
  betaFast: 32,
  betaSlow: 1,
  original: 64,
  truncate: true,
} as const;
const LLAMA3 = {
  kind: 'llama3',
  factor: 8,
  lowFrequencyFactor: 1,
  highFrequencyFactor: 4,
  original: 64,
} as const;

/** Numbers agree to float32's last digits. */
function close(actual: ArrayLike<number>, wanted: readonly number[], within = 1e-6): void {
  assert.equal(actual.length, wanted.length);
  for (const [i, number] of wanted.entries()) {
    const error = Math.abs(actual[i]! - number);
    assert.ok(error <= within * Math.max(Math.abs(number), 1e-3), `${i}: ${actual[i]} ≠ ${number}`);
  }
}

const plain = (base = BASE): number[] =>
  Array.from({ length: D / 2 }, (_, pair) => Math.exp((-2 * pair * Math.log(base)) / D));

describe('frequencies of rotary positions', () => {
  it('fall geometrically from 1', () => {
    close(frequencies(BASE, D, { kind: 'default' }, 9), plain());
  });

  it('linear: all divided', () => {
    const scaled = frequencies(BASE, D, { kind: 'linear', factor: 4 }, 9);
    close(
      scaled,
      plain().map((theta) => theta / 4),
    );
  });

  it('dynamic: another base, for longer texts only', () => {
    const dynamic = { kind: 'dynamic', factor: 2, original: 64 } as const;
    close(frequencies(BASE, D, dynamic, 64), plain());
    const base = BASE * ((2 * 100) / 64 - 1) ** (D / (D - 2));
    close(frequencies(BASE, D, dynamic, 100), plain(base));
  });

  it('llama3: short waves kept, long ones stretched, those between mixed', () => {
    const wanted = plain().map((theta) => {
      const turns = (64 * theta) / (2 * Math.PI); // in the original length
      if (turns > 4) return theta;
      if (turns < 1) return theta / 8;
      const share = (turns - 1) / 3;
      return theta * (share + (1 - share) / 8);
    });
    assert.ok(wanted.some((theta, i) => theta !== plain()[i] && theta !== plain()[i]! / 8));
    close(frequencies(BASE, D, LLAMA3, 9), wanted);
    // What Hugging Face transformers 4.57 computes of the same options.
    const reference = [1, 0.244384587, 0.0130422562, 0.00395284733, 0.00124999997];
    close(frequencies(BASE, D, LLAMA3, 9).subarray(0, 5), reference);
  });

  it('yarn: a ramp over the dimensions, and longer vectors', () => {
    // Dimension at which a wave turns t times in the original length: D ln(64 / 2πt) / (2 ln 10000).
    const at = (turns: number): number =>
      (D * Math.log(64 / (2 * Math.PI * turns))) / (2 * Math.log(BASE));
    const [low, high] = [Math.max(0, Math.floor(at(32))), Math.ceil(at(1))];
    const wanted = plain().map((theta, pair) => {
      const stretched = Math.min(1, Math.max(0, (pair - low) / (high - low)));
      return stretched * (theta / 4) + (1 - stretched) * theta;
    });
    close(frequencies(BASE, D, YARN, 9), wanted);
    const reference = [1, 0.237170815, 0.049999997, 0.00790569466, 0.00249999994];
    close(frequencies(BASE, D, YARN, 9).subarray(0, 5), reference);
    assert.ok(Math.abs(vectorFactor(YARN) - 1.138629436111989) < 1e-12);
    assert.equal(vectorFactor(LLAMA3), 1);
  });
});

describe('rotation', () => {
  before(useWasm);

  const config = (rest: Partial<RotaryConfig> = {}): RotaryConfig => ({
    kind: 'rotary',
    dimensions: 4,
    interleaved: false,
    base: BASE,
    scaling: { kind: 'default' },
    trained: 64,
    ...rest,
  });
  /** Turns one row of two heads of width 4 at a position. */
  const turn = (x: readonly number[], position: number, rotary: RotaryConfig): number[] => {
    const rotation = Rotation.at(Int32Array.of(position), rotary, 4);
    const turned = tf.tidy(() => rotation.apply(tf.tensor2d([...x], [1, 8]), 2).dataSync());
    rotation.dispose();
    return [...turned];
  };
  const X = [1, 2, 3, 4, -1, 0.5, 2, -3];
  /** The two numbers of a pair turned by an angle. */
  const pair = (a: number, b: number, angle: number): [number, number] => [
    a * Math.cos(angle) - b * Math.sin(angle),
    a * Math.sin(angle) + b * Math.cos(angle),
  ];

  it('turns the first half against the second', () => {
    const wanted = [0, 4].flatMap((head) => {
      const [a, c] = pair(X[head]!, X[head + 2]!, 7);
      const [b, d] = pair(X[head + 1]!, X[head + 3]!, 0.07);
      return [a, b, c, d];
    });
    close(turn(X, 7, config()), wanted);
  });

  it('turns neighbours where they are the pairs', () => {
    const wanted = [0, 4].flatMap((head) => [
      ...pair(X[head]!, X[head + 1]!, 7),
      ...pair(X[head + 2]!, X[head + 3]!, 0.07),
    ]);
    close(turn(X, 7, config({ interleaved: true })), wanted);
  });

  it('leaves the other dimensions of a partial rotation alone', () => {
    const wanted = [0, 4].flatMap((head) => [
      ...pair(X[head]!, X[head + 1]!, 7),
      X[head + 2]!,
      X[head + 3]!,
    ]);
    close(turn(X, 7, config({ dimensions: 2 })), wanted);
  });

  it('does nothing at position 0, and lengthens by yarn’s factor', () => {
    assert.deepEqual(turn(X, 0, config()), X);
    const yarn: RopeScaling = { ...YARN, attentionFactor: 1.5 };
    close(
      turn(X, 0, config({ scaling: yarn })),
      X.map((x) => 1.5 * x),
    );
  });

  it('makes q · k depend on the distance alone', () => {
    const dot = (p: number, q: number): number => {
      const [a, b] = [turn(X, p, config()), turn([...X].toReversed(), q, config())];
      return a.slice(0, 4).reduce((sum, x, i) => sum + x * b[i]!, 0);
    };
    for (const shift of [1, 5, 40])
      assert.ok(Math.abs(dot(3, 9) - dot(3 + shift, 9 + shift)) < 1e-4);
    assert.ok(Math.abs(dot(3, 9) - dot(3, 10)) > 1e-2);
  });
});
