import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { AttentionMask, LayerMasks } from '../../../src/transformer/mask';
import { useWasm } from '../../support/wasm';

interface Request {
  readonly queries: number;
  readonly keys: number;
  readonly causalOffset?: number | null;
  readonly window?: number | null;
  readonly padding?: readonly (readonly number[])[];
}

/** What each query may see, as 1 and 0; null: everything. */
function visible({ queries, keys, causalOffset = null, window = null, padding }: Request) {
  const batch = padding?.length ?? 1;
  const mask = new AttentionMask({
    queries: { batch, length: queries },
    keys,
    keyMask: Uint8Array.from(padding?.flat() ?? Array<number>(keys).fill(1)),
    causalOffset,
    window,
  });
  const seen = Array.from({ length: batch }, (_, sequence) => {
    const one = mask.of(sequence);
    assert.equal(mask.of(sequence), one, 'made once');
    if (!one) return null;
    assert.deepEqual(one.shape, [queries, keys]);
    const numbers = one.dataSync();
    return Array.from({ length: queries }, (_, query) =>
      [...numbers.subarray(query * keys, (query + 1) * keys)]
        .map((number) => (number === 0 ? 1 : 0))
        .join(''),
    );
  });
  mask.dispose();
  return seen;
}

describe('masks of attention', () => {
  before(useWasm);
  afterEach(() => assert.equal(tf.memory().numTensors, 0));

  it('none where all may be seen', () => {
    assert.deepEqual(visible({ queries: 3, keys: 3 }), [null]);
    assert.deepEqual(visible({ queries: 1, keys: 4, causalOffset: 3 }), [null]);
    assert.deepEqual(visible({ queries: 1, keys: 3, causalOffset: 2, window: 3 }), [null]);
  });

  it('the future of a decoder, and padding on either side', () => {
    assert.deepEqual(visible({ queries: 3, keys: 3, causalOffset: 0 }), [['100', '110', '111']]);
    assert.deepEqual(visible({ queries: 2, keys: 4, causalOffset: 2 }), [['1110', '1111']]);
    const padding = [
      [0, 1, 1],
      [1, 1, 0],
      [1, 1, 1],
    ];
    assert.deepEqual(visible({ queries: 3, keys: 3, causalOffset: 0, padding }), [
      ['000', '010', '011'],
      ['100', '110', '110'],
      ['100', '110', '111'],
    ]);
    assert.deepEqual(visible({ queries: 1, keys: 3, padding }), [['011'], ['110'], null]);
  });

  it('a window: the last keys, the query’s own among them', () => {
    assert.deepEqual(visible({ queries: 4, keys: 4, causalOffset: 0, window: 2 }), [
      ['1000', '1100', '0110', '0011'],
    ]);
    assert.deepEqual(visible({ queries: 1, keys: 5, causalOffset: 4, window: 3 }), [['00111']]);
    assert.deepEqual(visible({ queries: 2, keys: 2, causalOffset: 0, window: 1 }), [['10', '01']]);
    // It goes by places in the sequence, not by real tokens.
    const padding = [[1, 0, 1, 1]];
    assert.deepEqual(visible({ queries: 4, keys: 4, causalOffset: 0, window: 2, padding }), [
      ['1000', '1000', '0010', '0011'],
    ]);
  });

  it('no tensor for what an offset says, but for padding and windows', () => {
    const request = { queries: { batch: 2, length: 3 }, keys: 4, causalOffset: 1, window: null };
    const keyMask = Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 1);
    const causal = new AttentionMask({ ...request, keyMask });
    assert.equal(causal.causalOffset, 1);
    assert.equal(causal.besidesFuture(0), null);
    assert.equal(tf.memory().numTensors, 0);
    assert.equal(causal.of(0), causal.of(1), 'one for all that have no padding');
    const windowed = new AttentionMask({ ...request, keyMask, window: 2 });
    assert.equal(windowed.causalOffset, 1);
    assert.equal(windowed.besidesFuture(1), windowed.of(0));
    const padded = new AttentionMask({ ...request, keyMask: keyMask.fill(0, 0, 1) });
    assert.equal(padded.causalOffset, null);
    assert.deepEqual([...padded.besidesFuture(1)!.dataSync()].filter(Boolean).length, 3);
    assert.notEqual(padded.besidesFuture(0), padded.besidesFuture(1));
    for (const mask of [causal, windowed, padded]) mask.dispose();
  });

  it('one for all layers of a window', () => {
    const request = {
      queries: { batch: 1, length: 3 },
      keys: 3,
      keyMask: Uint8Array.of(1, 1, 1),
      causalOffset: 0,
    };
    const masks = new LayerMasks(request);
    assert.equal(masks.of(2), masks.of(2));
    assert.notEqual(masks.of(2), masks.of(null));
    masks.dispose();
  });
});
