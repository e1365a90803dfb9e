// What the cache of keys and values holds at a step.
import assert from 'node:assert/strict';
import { emptySnapshot } from '../../../src/protocol/traceMirror';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import { byteWords } from '../../../webview/film/cache/byteWords';
import { cacheSight, stepOfPosition } from '../../../webview/film/cache/cacheSight';
import { modelOf, planWith, tokenOf } from '../../support/traceParts';

describe('what the cache holds at a step', () => {
  const all = [0.1, 0.2, 0.3, 0.4].map((probability) => ({
    token: tokenOf('x'),
    probability,
    rank: 0,
    candidates: [],
    searched: null,
    given: false,
    milliseconds: 1,
  }));
  const both: TraceSnapshot = {
    ...emptySnapshot('a', ''),
    plan: planWith({
      text: '',
      source: [tokenOf('a'), tokenOf('b'), tokenOf('c')],
      target: [tokenOf('<s>')],
    }),
    written: all,
  };

  it('of an encoder–decoder: one token a step, the others kept, the last one never read', () => {
    const sights = all.map((_, step) => cacheSight(both, step)!);
    assert.deepEqual(
      sights.map(({ reused, computed, later }) => [reused, computed, later]),
      [
        [0, 1, 3],
        [1, 1, 2],
        [2, 1, 1],
        [3, 1, 0],
      ],
    );
    assert.equal(sights[0]!.source, 3);
    assert.equal(cacheSight(both, null), null);
  });

  it('of a decoder: the first step reads the text, but for what the text before began with', () => {
    const model = modelOf({ architecture: 'decoder' });
    const plan = { ...both.plan!, model, target: [] };
    const first = ({
      reused,
      computed,
      later,
      source,
    }: NonNullable<ReturnType<typeof cacheSight>>) => [reused, computed, later, source];
    assert.deepEqual(first(cacheSight({ ...both, plan }, 0)!), [0, 3, 3, null]);
    assert.deepEqual(first(cacheSight({ ...both, plan: { ...plan, reused: 2 } }, 0)!), [
      2,
      1,
      3,
      null,
    ]);
    assert.deepEqual(first(cacheSight({ ...both, plan }, 2)!), [4, 1, 1, null]);
    assert.deepEqual(
      [0, 2, 3, 5].map((position) => stepOfPosition({ ...both, plan }, position)),
      [0, 0, 1, 3],
    );
  });

  it('says bytes in decimal units', () => {
    assert.equal(byteWords(999, 'en'), '999 bytes');
    assert.equal(byteWords(18_432, 'en'), '18.4 kB');
    assert.equal(byteWords(1_234_567, 'en'), '1.23 MB');
  });
});
