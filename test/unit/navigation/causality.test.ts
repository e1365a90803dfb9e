import assert from 'node:assert/strict';
import { sightOf, sightsOf, unseenIn } from '../../../src/navigation/causality';
import type { RowAddress } from '../../../src/protocol/address';
import { emptySnapshot } from '../../../src/protocol/traceMirror';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import { modelOf, planWith, tokenOf } from '../../support/traceParts';
import { written as wrote } from '../../support/writings';

const row = (rest: Partial<RowAddress>): RowAddress => ({
  stack: 'decoder',
  layer: 0,
  head: 0,
  hideSpecials: false,
  unit: 'token',
  direction: 'looksAt',
  token: 2,
  ...rest,
});

/** Six tokens, of which 2 and 3 are one word, read by a decoder. */
const read = (windows: readonly (number | null)[]): TraceSnapshot => ({
  ...emptySnapshot('t', 'a.txt'),
  plan: planWith({
    model: modelOf({ architecture: 'decoder', windows: [...windows] }),
    text: '',
    source: [0, 1, 2, 2, 3, 4].map((word) => tokenOf('x', { word })),
  }),
});

const range = (snapshot: TraceSnapshot, rest: Partial<RowAddress>): number[] | null => {
  const sight = sightOf(snapshot, row(rest));
  return sight && [sight.first, sight.last];
};

describe('causality', () => {
  const causal = read([null, null]);
  const sliding = read([2, 3]);

  it('hides from a decoder what comes after a query, and nothing else', () => {
    assert.deepEqual(range(causal, {}), [0, 2]);
    assert.equal(range(causal, { stack: 'encoder' }), null);
    assert.equal(range(causal, { stack: 'cross' }), null);
    const sight = sightOf(causal, row({}));
    assert.deepEqual(
      [1, 2, 3].map((key) => unseenIn(sight, 'looksAt', key)),
      [null, null, 'later'],
    );
  });

  it('turns round in a column: queries before the key do not see it', () => {
    assert.deepEqual(range(causal, { direction: 'lookedAt' }), [2, 5]);
    const sight = sightOf(causal, row({ direction: 'lookedAt' }));
    assert.deepEqual(
      [1, 2, 3].map((query) => unseenIn(sight, 'lookedAt', query)),
      ['earlier', null, null],
    );
  });

  it('hides what is before a sliding window, the query itself counted', () => {
    assert.deepEqual(range(sliding, { token: 4 }), [3, 4]);
    assert.deepEqual(range(sliding, { token: 0 }), [0, 0]);
    assert.deepEqual(range(sliding, { token: 1, direction: 'lookedAt' }), [1, 2]);
    assert.deepEqual(range(sliding, { token: 5, direction: 'lookedAt' }), [5, 5]);
    assert.equal(unseenIn({ first: 3, last: 4 }, 'looksAt', 2), 'beforeWindow');
    assert.equal(unseenIn({ first: 1, last: 2 }, 'lookedAt', 3), 'afterWindow');
  });

  it('takes the window of the layer, and for a mean the widest of all', () => {
    assert.deepEqual(range(sliding, { token: 4, layer: 1 }), [2, 4]);
    assert.deepEqual(range(sliding, { token: 4, layer: 'mean' }), [2, 4]);
    assert.deepEqual(range(read([2, null]), { token: 4, layer: 'mean' }), [0, 4]);
  });

  it('lets a word see what one of its tokens sees', () => {
    // Word 2 is tokens 2 and 3; with a window of 2, token 2 still sees token 1.
    assert.deepEqual(range(sliding, { unit: 'word', token: 2 }), [1, 2]);
    assert.deepEqual(range(sliding, { unit: 'word', token: 3 }), [2, 3]);
    assert.deepEqual(range(sliding, { unit: 'word', token: 1, direction: 'lookedAt' }), [1, 2]);
    assert.deepEqual(range(sliding, { unit: 'word', token: 2, direction: 'lookedAt' }), [2, 3]);
  });

  it('does not take the windows of a reading encoder for those of the decoder that writes', () => {
    const plan = causal.plan && { ...causal.plan, model: modelOf({ windows: [2, 2, 2] }) };
    const written = [1, 2, 3].map(() => wrote(tokenOf('y')));
    const sights = sightsOf({ ...causal, plan, written }, row({}), 'looksAt');
    assert.deepEqual(sights?.(2), { first: 0, last: 2 });
  });
});
