// Which weight “why” is about, which keys a long text's table lists, and when there are steps at all.
import assert from 'node:assert/strict';
import { initialNavigation, type Navigation } from '../../../src/protocol/navigation';
import { emptySnapshot } from '../../../src/protocol/traceMirror';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import { explaining, linkOf } from '../../../webview/steps/explaining';
import { heaviestKeys } from '../../../webview/steps/heaviestKeys';
import { planWith, tokenOf } from '../../support/traceParts';

/** `un`, `kind`, `ness` are one word; `it` another. */
const source = [
  tokenOf('it', { word: 0, part: 0, span: [0, 2] }),
  ...['un', 'kind', 'ness'].map((label, i) =>
    tokenOf(label, { word: 1, part: 0, span: [3 + i, 4 + i] }),
  ),
];
const snapshot: TraceSnapshot = {
  ...emptySnapshot('a', 'story.txt'),
  plan: planWith({ text: 'it unkindness', source }),
};
const sight = (rest: Partial<Navigation>) => ({
  snapshot,
  navigation: { ...initialNavigation, stack: 'encoder' as const, ...rest },
});
const tensor = (numbers: readonly number[]) => ({
  shape: [numbers.length],
  data: Float32Array.from(numbers).buffer,
});
const row = (weights: readonly number[]) => ({
  weights: tensor(weights),
  norms: tensor(weights),
  hidden: 0,
  approximate: false,
});
const address = {
  stack: 'encoder',
  layer: 0,
  head: 0,
  hideSpecials: false,
  unit: 'token',
  token: 2,
} as const;

describe('why a weight', () => {
  it('is about the query and key of the cell, in the direction of looking', () => {
    assert.deepEqual(explaining(sight({ direction: 'lookedAt' }), { query: 1, key: 3 }), {
      view: 'steps',
      unit: 'token',
      direction: 'looksAt',
      token: { side: 'source', index: 1, locked: true },
      key: 3,
    });
    const across = explaining(sight({ stack: 'cross' }), { query: 1, key: null });
    assert.deepEqual(across.token, { side: 'target', index: 1, locked: true });
    assert.equal(across.key, null);
  });

  it('takes the first tokens of two words', () => {
    const { token, key } = explaining(sight({ unit: 'word' }), { query: 1, key: 0 });
    assert.equal(token?.index, 1);
    assert.equal(key, 0);
  });

  it('is about the chosen key of a row, and the heaviest query of a column', () => {
    const looks = { ...address, direction: 'looksAt' } as const;
    assert.deepEqual(linkOf(looks, row([0.2, 0.8]), 1), { query: 2, key: 1 });
    assert.deepEqual(linkOf(looks, row([0.2, 0.8]), null), { query: 2, key: null });
    const looked = { ...address, direction: 'lookedAt' } as const;
    assert.deepEqual(linkOf(looked, row([0.1, Number.NaN, 0.7, 0.2]), 1), { query: 2, key: 2 });
  });

  it('lists the heaviest keys in the order of the text, the chosen one among them', () => {
    const weights = [0.1, 0.3, 0, 0.4, 0.2];
    assert.deepEqual(heaviestKeys(weights, 5, 2), [0, 1, 2, 3, 4]);
    assert.deepEqual(heaviestKeys(weights, 3, 3), [1, 3, 4]);
    assert.deepEqual(heaviestKeys(weights, 3, 2), [1, 2, 3]);
  });
});
