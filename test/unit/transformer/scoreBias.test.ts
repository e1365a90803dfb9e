import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { alibiBias, alibiSlopes } from '../../../src/transformer/positions/alibi';
import {
  bucketOf,
  relativeBias,
  type RelativeBiasConfig,
} from '../../../src/transformer/positions/relativeBias';
import { useWasm } from '../../support/wasm';

const config = (
  bidirectional: boolean,
  buckets: number,
  maxDistance: number,
): RelativeBiasConfig => ({ kind: 'relativeBias', buckets, maxDistance, bidirectional });

describe('slopes of ALiBi', () => {
  const powers = (...exponents: number[]): number[] => exponents.map((one) => 2 ** -one);
  const WANTED: Readonly<Record<number, readonly number[]>> = {
    1: powers(8),
    4: powers(2, 4, 6, 8),
    6: powers(2, 4, 6, 8, 1, 3),
    8: powers(1, 2, 3, 4, 5, 6, 7, 8),
    12: powers(1, 2, 3, 4, 5, 6, 7, 8, 0.5, 1.5, 2.5, 3.5),
  };
  for (const [heads, slopes] of Object.entries(WANTED)) {
    it(`of ${heads} heads`, () => {
      assert.deepEqual([...alibiSlopes(Number(heads))], slopes.map(Math.fround));
    });
  }

  it('count keys that are not padding, wherever padding stands', async () => {
    await useWasm();
    const mask = Uint8Array.from(
      [
        [0, 0, 1, 1, 1],
        [1, 1, 0, 1, 0],
      ].flat(),
    );
    const bias = alibiBias(2, mask, 2);
    const of = (row: number, head: number): number[] => [...bias.of(row, head).dataSync()];
    assert.deepEqual(bias.of(0, 0).shape, [1, 5]);
    assert.deepEqual(of(0, 0).slice(2), [0, 1 / 16, 2 / 16]);
    assert.deepEqual(of(0, 1).slice(2), [0, 1 / 256, 2 / 256]);
    assert.deepEqual([of(1, 0)[0], of(1, 0)[1], of(1, 0)[3]], [0, 1 / 16, 2 / 16]);
    bias.dispose();
    assert.equal(tf.memory().numTensors, 0);
  });
});

describe('buckets of relative positions', () => {
  /** Distances at which Hugging Face transformers 4.57 begins a bucket, in rising order from −140. */
  const REFERENCE: [RelativeBiasConfig, [from: number, bucket: number][]][] = [
    [
      config(true, 8, 16),
      [
        [-140, 3],
        [-5, 2],
        [-1, 1],
        [0, 0],
        [1, 5],
        [2, 6],
        [6, 7],
      ],
    ],
    [
      config(false, 8, 16),
      [
        [-140, 7],
        [-11, 6],
        [-7, 5],
        [-5, 4],
        [-3, 3],
        [-2, 2],
        [-1, 1],
        [0, 0],
      ],
    ],
    [
      config(true, 32, 128),
      [
        ...[
          [-140, 15],
          [-90, 14],
          [-63, 13],
          [-45, 12],
          [-31, 11],
          [-22, 10],
          [-15, 9],
          [-11, 8],
        ],
        ...[
          [-7, 7],
          [-6, 6],
          [-5, 5],
          [-4, 4],
          [-3, 3],
          [-2, 2],
          [-1, 1],
          [0, 0],
        ],
        ...[
          [1, 17],
          [2, 18],
          [3, 19],
          [4, 20],
          [5, 21],
          [6, 22],
          [7, 23],
          [8, 24],
        ],
        ...[
          [12, 25],
          [16, 26],
          [23, 27],
          [32, 28],
          [46, 29],
          [64, 30],
          [91, 31],
        ],
      ] as [number, number][],
    ],
    [
      config(false, 20, 100),
      [
        ...[
          [-140, 19],
          [-79, 18],
          [-63, 17],
          [-50, 16],
          [-39, 15],
          [-31, 14],
          [-25, 13],
        ],
        ...[
          [-19, 12],
          [-15, 11],
          [-12, 10],
          [-9, 9],
          [-8, 8],
          [-7, 7],
          [-6, 6],
          [-5, 5],
        ],
        ...[
          [-4, 4],
          [-3, 3],
          [-2, 2],
          [-1, 1],
          [0, 0],
        ],
      ] as [number, number][],
    ],
  ];
  for (const [one, starts] of REFERENCE) {
    const { bidirectional, buckets, maxDistance } = one;
    it(`${buckets} up to ${maxDistance}, ${bidirectional ? 'both ways' : 'back only'}`, () => {
      for (let distance = -140; distance <= 140; distance++) {
        const wanted = starts.findLast(([from]) => from <= distance)![1];
        assert.equal(bucketOf(distance, one), wanted, String(distance));
      }
    });
  }

  it('follow the formula of section 2.1 away from the borders', () => {
    for (const [buckets, maxDistance] of [
      [32, 128],
      [16, 50],
      [64, 1000],
    ] as const) {
      const exact = buckets / 2;
      for (let far = exact; far < 2 * maxDistance; far++) {
        const grown =
          exact + (Math.log(far / exact) / Math.log(maxDistance / exact)) * (buckets - exact);
        if (Math.abs(grown - Math.round(grown)) < 1e-4) continue; // a border
        const wanted = Math.min(Math.floor(grown), buckets - 1);
        assert.equal(bucketOf(-far, config(false, buckets, maxDistance)), wanted, String(far));
      }
    }
  });

  it('pick a head’s number for each query and key, from any first query', async () => {
    await useWasm();
    const one = config(false, 8, 16);
    const table = Float32Array.from({ length: 16 }, (_, i) => i); // [bucket, head]
    const bias = relativeBias(table, 2, one, { queries: 2, keys: 6, offset: 4 });
    const distances = [
      [-4, -3, -2, -1, 0, 1],
      [-5, -4, -3, -2, -1, 0],
    ];
    for (const head of [0, 1]) {
      const wanted = distances.flat().map((distance) => 2 * bucketOf(distance, one) + head);
      assert.deepEqual([...bias.of(0, head).dataSync()], wanted);
    }
    bias.dispose();
    assert.equal(tf.memory().numTensors, 0);
  });
});
