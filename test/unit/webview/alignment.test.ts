import assert from 'node:assert/strict';
import fc from 'fast-check';
import { align, MOST_CELLS, type Pair } from '../../../webview/drawing/alignment';

const partners = (pairs: readonly Pair[]): [number, number][] =>
  pairs.flatMap(({ pinned, current }) =>
    pinned === null || current === null ? [] : [[pinned, current] as [number, number]],
  );

/** The longest common subsequence's length, by its definition. */
function longest(x: readonly number[], y: readonly number[]): number {
  const [first, ...rest] = x;
  if (first === undefined || y.length === 0) return 0;
  const at = y.indexOf(first);
  const without = longest(rest, y);
  return at < 0 ? without : Math.max(without, 1 + longest(rest, y.slice(at + 1)));
}

const list = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 9 });

describe('alignment of two token lists', () => {
  it('has every place of both exactly once, in order', () => {
    fc.assert(
      fc.property(list, list, (pinned, current) => {
        const pairs = align(pinned, current);
        const places = (which: keyof Pair): number[] => pairs.flatMap((pair) => pair[which] ?? []);
        assert.deepEqual(places('pinned'), [...pinned.keys()]);
        assert.deepEqual(places('current'), [...current.keys()]);
        assert.ok(pairs.every((pair) => pair.pinned !== null || pair.current !== null));
      }),
    );
  });

  it('joins only what is equal, and as much of it as can be', () => {
    fc.assert(
      fc.property(list, list, (pinned, current) => {
        const joined = partners(align(pinned, current));
        for (const [left, right] of joined) assert.equal(pinned[left], current[right]);
        assert.equal(joined.length, longest(pinned, current));
      }),
    );
  });

  it('does not depend on which list was pinned, as to how much it joins', () => {
    fc.assert(
      fc.property(list, list, (x, y) =>
        assert.equal(partners(align(x, y)).length, partners(align(y, x)).length),
      ),
    );
  });

  it('sets a replaced word beside nothing: first the old one, then the new one', () => {
    assert.deepEqual(align(['it', 'was', 'tired', '.'], ['it', 'was', 'very', 'wide', '.']), [
      { pinned: 0, current: 0 },
      { pinned: 1, current: 1 },
      { pinned: 2, current: null },
      { pinned: null, current: 2 },
      { pinned: null, current: 3 },
      { pinned: 3, current: 4 },
    ]);
  });

  it('aligns only beginning and end of what is too long', () => {
    const size = Math.ceil(Math.sqrt(MOST_CELLS)) + 1;
    const numbers = (from: number): number[] => Array.from({ length: size }, (_, i) => from + i);
    // All of the middle is common to both, but in no time to be found.
    const pairs = align([-1, ...numbers(0), -2], [-1, ...numbers(1), -2]);
    assert.deepEqual(partners(pairs), [
      [0, 0],
      [size + 1, size + 1],
    ]);
    assert.equal(pairs.length, 2 + 2 * size);
  });
});
