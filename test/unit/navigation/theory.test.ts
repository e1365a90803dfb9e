// What is taken apart, and what is changed, when the reader moves on.
import assert from 'node:assert/strict';
import { changed, settle } from '../../../src/navigation/navigationRules';
import { isPossible } from '../../../src/navigation/possibleChange';
import type { Change } from '../../../src/protocol/change';
import { initialNavigation } from '../../../src/protocol/navigation';
import { emptySnapshot } from '../../../src/protocol/traceMirror';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import { modelOf, planWith, tokenOf } from '../../support/traceParts';

const finished = (architecture: 'encoder' | 'decoder' | 'encoderDecoder'): TraceSnapshot => ({
  ...emptySnapshot('t', ''),
  plan: planWith({
    text: 'ab',
    source: ['a', 'b'].map((label) => tokenOf(label)),
    model: modelOf({
      architecture,
      layers: { encoder: 3, decoder: 3 },
      heads: { encoder: 4, decoder: 4 },
    }),
  }),
  outcome: 'complete',
});
const translated = finished('encoderDecoder');

describe('the key that is taken apart', () => {
  const from = { ...initialNavigation, key: 1 };

  it('stays among the tokens of its matrix', () => {
    assert.equal(changed(from, { head: 2 }, translated).key, 1);
    assert.equal(changed(from, { layer: 1 }, translated).key, 1);
    assert.equal(settle(from, translated).key, 1);
  });

  it('is forgotten where its number means another token', () => {
    assert.equal(changed(from, { stack: 'cross' }, translated).key, null);
    assert.equal(changed(from, { unit: 'word' }, translated).key, null);
    assert.equal(changed(from, { stack: 'cross', key: 0 }, translated).key, 0);
    assert.equal(settle({ ...from, key: 2 }, translated).key, null);
  });

  it('is forgotten with its query: why that one looks there is another question', () => {
    const token = { side: 'source', index: 0, locked: true } as const;
    const asked = { ...from, token };
    assert.equal(changed(asked, { token: { ...token, index: 1 } }, translated).key, null);
    assert.equal(changed(asked, { token: { ...token, locked: false } }, translated).key, 1);
    assert.equal(changed(asked, { token: { ...token, index: 1 }, key: 0 }, translated).key, 0);
  });
});

describe('a change that is kept', () => {
  const muted = (layer: number, head: number): Change => ({
    kind: 'muted',
    heads: [{ stack: 'encoder', layer, head }],
  });
  const possible: readonly Change[] = [
    muted(2, 3),
    { kind: 'unmasked' },
    { kind: 'positionsSwapped', side: 'source', first: 0, second: 1 },
    {
      kind: 'otherQuery',
      scope: { stack: 'encoder', layer: 'all', head: 'all' },
      token: 0,
      from: 1,
    },
    { kind: 'residualCut', stack: 'decoder', layer: 2, subLayer: 'cross' },
  ];
  const impossible: readonly Change[] = [
    muted(3, 0),
    muted(0, 4),
    { kind: 'soloed', head: { stack: 'encoder', layer: 0, head: 4 } },
    { kind: 'positionsSwapped', side: 'source', first: 0, second: 2 },
    {
      kind: 'scoreFunction',
      function: 'dot',
      scope: { stack: 'encoder', layer: 3, head: 'all' },
    },
    { kind: 'residualCut', stack: 'encoder', layer: 3, subLayer: 'attention' },
    // The encoder reads nothing but its own text.
    { kind: 'residualCut', stack: 'encoder', layer: 0, subLayer: 'cross' },
  ];

  for (const change of possible)
    it(`holds: ${JSON.stringify(change)}`, () => {
      assert.ok(isPossible(change, translated));
      assert.deepEqual(settle({ ...initialNavigation, whatIf: change }, translated).whatIf, change);
    });

  for (const change of impossible)
    it(`is let go: ${JSON.stringify(change)}`, () => {
      assert.equal(settle({ ...initialNavigation, whatIf: change }, translated).whatIf, null);
    });

  it('depends on the stacks a model has', () => {
    assert.ok(!isPossible({ kind: 'unmasked' }, finished('encoder')));
    assert.ok(isPossible({ kind: 'unmasked' }, finished('decoder')));
    assert.ok(!isPossible({ kind: 'positionsOff', side: 'target' }, finished('decoder')));
    const cross: Change = { kind: 'residualCut', stack: 'decoder', layer: 0, subLayer: 'cross' };
    assert.ok(!isPossible(cross, finished('decoder')));
  });
});
