import assert from 'node:assert/strict';
import { emptySnapshot } from '../../../src/protocol/traceMirror';
import { initialNavigation, type Navigation } from '../../../src/protocol/navigation';
import { commonAxis, ownAxis } from '../../../webview/compare/commonAxis';
import { compare, isGrowing, sidesOf } from '../../../webview/compare/comparison';
import { pairOrderAfter, pairsOf, sortedPairs } from '../../../webview/compare/rowPairs';
import {
  differenceAt,
  differencePixels,
  largestDifferences,
  largestWeight,
  signedFourDecimals,
  weightAt,
  weightPixels,
  type AlignedMatrices,
} from '../../../webview/drawing/difference';
import type { Sight } from '../../../webview/inspector/view';
import { tokenOf } from '../../support/traceParts';
import { seededFixture } from '../../webview/fixture';

function sightOf(text: string, navigation: Partial<Navigation> = {}, trace = text): Sight {
  const made = seededFixture({ text, output: 'a b', layers: 1, heads: 2 });
  // The same word has the same id in every text.
  const source = made.plan.source.map((token) => ({
    ...token,
    id: [...token.piece].reduce((sum, point) => 31 * sum + (point.codePointAt(0) ?? 0), 7),
  }));
  const layer = { stack: 'encoder' as const, layer: 0 };
  return {
    snapshot: {
      ...emptySnapshot(trace, ''),
      plan: { ...made.plan, source },
      layers: [layer],
      written: [...made.written],
      outcome: 'complete',
    },
    navigation: { ...initialNavigation, ...navigation },
    preview: null,
  };
}

/** Queries a, b against a, c; keys x, y in both. */
const matrices: AlignedMatrices = {
  pinned: { queries: 2, keys: 2, weights: Float32Array.of(0.25, 0.75, 0.5, 0.5) },
  current: { queries: 2, keys: 2, weights: Float32Array.of(0.5, 0.5, 1, Number.NaN) },
  queries: [
    { pinned: 0, current: 0 },
    { pinned: 1, current: null },
    { pinned: null, current: 1 },
  ],
  keys: [
    { pinned: 0, current: 0 },
    { pinned: 1, current: 1 },
  ],
};

describe('difference of two matrices', () => {
  it('is the one number minus the other, and nothing where one is missing or hidden', () => {
    assert.equal(differenceAt(matrices, 0, 0), 0.25);
    assert.equal(differenceAt(matrices, 0, 1), -0.25);
    assert.equal(differenceAt(matrices, 1, 0), null);
    assert.equal(weightAt(matrices, 'pinned', 1, 0), 0.5);
    assert.equal(weightAt(matrices, 'current', 1, 0), null);
    assert.equal(weightAt(matrices, 'current', 2, 1), null, 'hidden');
    assert.equal(weightAt(matrices, 'current', 9, 9), null);
  });

  it('has colours only for what it has numbers for', () => {
    assert.deepEqual([...weightPixels(matrices, 'pinned', 0.75).bytes], [147, 255, 208, 208, 0, 0]);
    assert.deepEqual([...differencePixels(matrices, 0.25).bytes], [255, 0, 128, 128, 128, 128]);
    assert.deepEqual([...differencePixels(matrices, 0).bytes.slice(2)], [127, 127, 127, 127]);
  });

  it('finds the cells that differ most', () => {
    const [first, second, ...rest] = largestDifferences(matrices, 5);
    assert.deepEqual([first?.difference, second?.difference, rest.length], [0.25, -0.25, 0]);
    assert.equal(largestDifferences(matrices, 1)[0]?.column, 0);
    assert.equal(largestWeight(matrices.current), 1);
  });

  it('is written with a sign, which a rounded zero has not', () => {
    assert.deepEqual([0.25, -0.25, 0, -0.00004, 0.00006].map(signedFourDecimals), [
      '+0.2500',
      '−0.2500',
      '0.0000',
      '0.0000',
      '+0.0001',
    ]);
  });
});

describe('axis of two views', () => {
  const [tired, wide] = [sightOf('It was tired.'), sightOf('It was very wide.')];

  it('joins equal tokens and names the others', () => {
    const { labels, pairs, gaps } = commonAxis(tired, wide, 'source', true);
    assert.deepEqual(labels, ['>>fra<<', 'It', 'was', 'tired', 'very', 'wide', '.', '</s>']);
    assert.deepEqual(gaps, { pinned: [4, 5], current: [3] });
    assert.deepEqual(pairs[6], { pinned: 4, current: 5 });
  });

  it('leaves hidden tokens out, and those that were not read yet', () => {
    const hidden = sightOf('It was tired.', { hideSpecials: true });
    const axis = commonAxis(hidden, wide, 'source', true);
    assert.deepEqual(axis.gaps.pinned, [0, 4, 5, 7]);
    // The last output token was never read.
    assert.equal(ownAxis(wide, 'current', 'target').labels.length, 3);
    assert.deepEqual(ownAxis(wide, 'current', 'target').gaps, { pinned: [], current: [] });
  });

  it('goes by pieces where ids mean nothing', () => {
    const { plan } = wide.snapshot;
    assert.ok(plan !== null);
    const source = plan.source.map((token) => ({ ...token, id: token.id + 1 }));
    const other = { ...wide, snapshot: { ...wide.snapshot, plan: { ...plan, source } } };
    assert.equal(commonAxis(tired, other, 'source', true).pairs.length, 13);
    assert.equal(commonAxis(tired, other, 'source', false).pairs.length, 8);
  });
});

describe('what can be compared', () => {
  it('depends on stack, direction and token', () => {
    const here = sightOf('It was.');
    assert.equal(compare(here, here).sameView, true);
    const token = { side: 'source', index: 1, locked: true } as const;
    const moved = compare(here, sightOf('It was.', { token }));
    assert.deepEqual([moved.sameView, moved.sameMatrix, moved.rowSide], [false, true, 'source']);
    const previewed = compare(here, { ...here, preview: { side: 'source', index: 2 } });
    assert.equal(previewed.sameView, false);
    const cross = compare(here, sightOf('It was.', { stack: 'cross' }));
    assert.deepEqual([cross.sameStack, cross.rowSide], [false, 'source']);
    const decoder = compare(here, sightOf('It was.', { stack: 'decoder' }));
    assert.equal(decoder.rowSide, null, 'one is about the text, one about the output');
    const turned = compare(here, sightOf('It was.', { direction: 'lookedAt' }));
    assert.deepEqual([turned.sameStack, turned.rowSide], [true, null]);
  });
});

describe('views of words, and of models of other kinds', () => {
  it('are not subtracted where one lists tokens and the other words', () => {
    const words = compare(sightOf('It was.'), sightOf('It was.', { unit: 'word' }));
    assert.deepEqual([words.sameUnit, words.sameMatrix, words.rowSide], [false, false, null]);
  });

  it('match words by their pieces: the id is that of the first alone', () => {
    const split = (pieces: readonly string[]): Sight => {
      const sight = sightOf('un x');
      const { plan } = sight.snapshot;
      assert.ok(plan !== null);
      const source = pieces.map((piece, i) => tokenOf(piece, { id: i === 0 ? 1 : 2, word: 0 }));
      return {
        ...sight,
        snapshot: { ...sight.snapshot, plan: { ...plan, source } },
        navigation: { ...sight.navigation, unit: 'word' },
      };
    };
    const axis = commonAxis(split(['un', 'do']), split(['un', 'tie']), 'source', true);
    assert.deepEqual(axis.labels, ['undo', 'untie']);
    assert.deepEqual(axis.gaps, { pinned: [1], current: [0] });
  });

  it('have no common decoder where one reads the text and the other its own output', () => {
    const writing = sightOf('It was.', { stack: 'decoder' });
    const { plan } = writing.snapshot;
    assert.ok(plan !== null);
    const model = { ...plan.model, architecture: 'decoder' as const };
    const readBy = (asked: typeof plan.writing): Sight => ({
      ...writing,
      snapshot: { ...writing.snapshot, plan: { ...plan, model, writing: asked } },
    });
    const reading = readBy(null);
    const { sameStack, rowSide } = compare(writing, reading);
    assert.deepEqual([sameStack, rowSide], [false, null]);
    assert.deepEqual(sidesOf(reading), { queries: 'source', keys: 'source' });
    const isGrowingYet = (sight: Sight): boolean =>
      isGrowing({ ...sight, snapshot: { ...sight.snapshot, outcome: null } });
    assert.deepEqual([isGrowingYet(reading), isGrowing(writing)], [false, false]);
    // A decoder that goes on with the text gets rows in the same matrix.
    assert.deepEqual([isGrowingYet(readBy(plan.writing)), isGrowingYet(writing)], [true, true]);
  });
});

describe('rows of two views', () => {
  const axis = commonAxis(sightOf('a b'), sightOf('a c'), 'source', true);
  const pairs = pairsOf(
    axis,
    Float32Array.of(Number.NaN, 0.5, 0.25, 0.25),
    Float32Array.of(Number.NaN, 0.125, 0.75, 0.125),
  );

  it('have a number only where there is one', () => {
    assert.deepEqual(
      pairs.map(({ label, pinned, current, difference }) => [label, pinned, current, difference]),
      [
        ['a', 0.5, 0.125, -0.375],
        ['b', 0.25, null, null],
        ['c', null, 0.75, null],
        ['</s>', 0.25, 0.125, -0.125],
      ],
    );
  });

  it('are ordered by a click, differences by their size, what is missing last', () => {
    const order = pairOrderAfter({ column: 'position', descending: false }, 'difference');
    assert.deepEqual(order, { column: 'difference', descending: true });
    const labels = (by: typeof order): string[] => sortedPairs(pairs, by).map(({ label }) => label);
    assert.deepEqual(labels(order), ['a', '</s>', 'b', 'c']);
    assert.deepEqual(labels(pairOrderAfter(order, 'difference')), ['</s>', 'a', 'b', 'c']);
    assert.deepEqual(labels(pairOrderAfter(order, 'current')), ['c', 'a', '</s>', 'b']);
    assert.deepEqual(labels(pairOrderAfter(order, 'position')), ['a', 'b', 'c', '</s>']);
  });
});
