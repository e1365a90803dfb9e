import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { NewKeysValues, Queries } from '../../../src/transformer/attention/keysValues';
import { PackedKeysValues } from '../../../src/transformer/attention/packedKeysValues';
import { PlainKeysValues } from '../../../src/transformer/attention/plainKeysValues';
import { AttentionMask } from '../../../src/transformer/mask';
import { noProbe } from '../../../src/transformer/probe';
import { describeKernels } from '../../support/kernels';
import { maxAbs } from '../../support/reference';

const HEADS = 2;
/** No multiple of what kernels compute at once. */
const WIDTH = 5;

/** Numbers without a pattern, the same for the same tokens. */
const numbers = (rows: number, seed: number): tf.Tensor2D =>
  tf.tensor2d(
    Float32Array.from({ length: rows * HEADS * WIDTH }, (_, i) => Math.sin(i * 12.9898 + seed)),
    [rows, HEADS * WIDTH],
  );

const tokens = (batch: number, length: number, seed: number): NewKeysValues => ({
  keys: numbers(batch * length, seed),
  values: numbers(batch * length, seed + 50),
  shape: { batch, length },
  heads: HEADS,
});

/** What queries of as many tokens get of them. */
function answer(memory: PackedKeysValues | PlainKeysValues, batch: number): number[] {
  const mask = new AttentionMask({
    queries: { batch, length: 1 },
    keys: memory.length,
    keyMask: new Uint8Array(batch * memory.length).fill(1),
    causalOffset: null,
    window: null,
  });
  const queries: Queries = {
    rows: numbers(batch, 7),
    shape: { batch, length: 1 },
    heads: HEADS,
    scale: 0.4,
    mask,
    bias: null,
    changed: undefined,
  };
  return [...memory.answer(queries, noProbe, 'attn').dataSync()];
}

const dataIds = ({ tensors }: PackedKeysValues) => tensors.map(({ dataId }) => dataId);
const capacityOf = ({ tensors }: PackedKeysValues) => tensors[1]!.shape[2]!;

const tests = (): void => {
  let before: number;
  let memory: PackedKeysValues;
  beforeEach(() => {
    before = tf.memory().numTensors;
    tf.tidy(() => {
      memory = PackedKeysValues.of(tokens(2, 3, 1));
      memory.keep();
    });
    assert.equal(tf.memory().numTensors, before + 4, 'keys and values of two texts');
  });
  afterEach(() => {
    memory.dispose();
    assert.equal(tf.memory().numTensors, before);
  });
  const append = (batch: number, length: number, seed: number): void =>
    tf.tidy(() => memory.append(tokens(batch, length, seed)));

  it('are written where there is room, and moved to twice as much where there is none', () => {
    assert.equal(capacityOf(memory), 8);
    const first = dataIds(memory);
    append(2, 5, 2);
    assert.deepEqual(dataIds(memory), first);
    append(2, 1, 3);
    assert.equal(capacityOf(memory), 16);
    assert.ok(dataIds(memory).every((id) => !first.includes(id)));
    append(2, 30, 4);
    assert.equal(capacityOf(memory), 40);
    assert.equal(memory.length, 39);
    assert.equal(tf.memory().numTensors, before + 4);
  });

  it('answer as plain ones do, after each change', () => {
    tf.tidy(() => {
      const plain = PlainKeysValues.of(tokens(2, 3, 1));
      plain.keep();
      const compare = (texts: number): void =>
        assert.ok(maxAbs(answer(memory, texts), answer(plain, texts)) < 1e-6);
      const both = (change: (one: PackedKeysValues | PlainKeysValues) => void): void => {
        change(memory);
        change(plain);
        assert.equal(memory.length, plain.length);
        compare(texts);
      };
      let texts = 2;
      compare(texts);
      both((one) => one.append(tokens(2, 6, 2)));
      both((one) => one.truncate(4));
      both((one) => one.truncate(11));
      texts = 3;
      both((one) => one.reorder(Int32Array.of(1, 0, 1)));
      both((one) => one.append(tokens(3, 1, 3)));
      both((one) => one.append(tokens(3, 20, 4)));
      texts = 1;
      both((one) => one.reorder(Int32Array.of(2)));
      both((one) => one.append(tokens(1, 1, 5)));
      plain.dispose();
    });
  });

  it('stay where they are while texts change places, and are copied only to be written on', () => {
    const [a, b] = [dataIds(memory).slice(0, 2), dataIds(memory).slice(2)];
    memory.reorder(Int32Array.of(1, 0));
    assert.deepEqual(dataIds(memory), [...b, ...a]);
    memory.reorder(Int32Array.of(1, 0, 1));
    assert.deepEqual(dataIds(memory), [...a, ...b, ...a]);
    append(3, 1, 2);
    assert.deepEqual(dataIds(memory).slice(0, 4), [...a, ...b]);
    assert.ok(
      dataIds(memory)
        .slice(4)
        .every((id) => !a.includes(id)),
    );
    memory.reorder(Int32Array.of(0));
    assert.deepEqual(dataIds(memory), a);
    assert.equal(tf.memory().numTensors, before + 2);
  });
};

describeKernels('packed keys and values', tests, ['own']);
