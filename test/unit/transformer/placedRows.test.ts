import assert from 'node:assert/strict';
import type { Failure } from '../../../src/failure/failure';
import { placedRows, swapsIn } from '../../../src/transformer/positions/placedRows';
import type { PositionConfig } from '../../../src/transformer/positions/positionConfig';
import { tokenBatch } from '../../../src/transformer/sequence';
import type { PlaceVariation } from '../../../src/transformer/variation';

const LEARNED: PositionConfig = { kind: 'learned', count: 6, offset: 2, numbering: 'index' };
const MASK = [
  [1, 1, 1, 1],
  [1, 1, 0, 0],
];
const TOKENS = tokenBatch(
  MASK.map((row) => row.map((_, i) => i)),
  { mask: MASK },
);
const noPast = { length: 0, mask: TOKENS.mask };

/** Rows of the first sequence after those of a past, and of the second, which is padded. */
const rows = (...numbers: readonly number[]): Int32Array => Int32Array.from(numbers);
const PLAIN = rows(2, 3, 4, 5, 2, 3, 4, 5);

describe('placed rows', () => {
  const placed = (places: PlaceVariation, past = 0): Int32Array | null => {
    const before = { length: past, mask: TOKENS.mask };
    return placedRows(PLAIN, TOKENS, before, LEARNED, places);
  };

  it('are the tokens’ own as trained, and none when off', () => {
    assert.equal(placed({ kind: 'asTrained' }), PLAIN);
    assert.equal(placed({ kind: 'off' }), null);
  });

  it('shifted: tokens move, padding stays', () => {
    assert.deepEqual(placed({ kind: 'shifted', by: 2 }), rows(4, 5, 6, 7, 4, 5, 4, 5));
    assert.throws(
      () => placed({ kind: 'shifted', by: 3 }),
      (error: Failure) => {
        assert.equal(error.code, 'variation.noPosition');
        assert.deepEqual(error.args, { by: 3, position: 6, last: 5 });
        return true;
      },
    );
  });

  it('shifted: padding beyond the table is nobody’s place', () => {
    const short = tokenBatch([[1, 2, 3]], { mask: [[1, 0, 0]] });
    const past = { length: 0, mask: short.mask };
    const places = { kind: 'shifted', by: 5 } as const;
    assert.deepEqual(placedRows(rows(2, 3, 4), short, past, LEARNED, places), rows(7, 3, 4));
  });

  it('swapped: in each sequence, counted from the first token ever read', () => {
    const swap = { kind: 'swapped', first: 3, second: 1 } as const;
    assert.deepEqual(placed(swap), rows(2, 5, 4, 3, 2, 5, 4, 3));
    const later = { kind: 'swapped', first: 5, second: 6 } as const;
    assert.deepEqual(placed(later, 4), rows(2, 4, 3, 5, 2, 4, 3, 5));
    assert.deepEqual(placed(swap, 4), PLAIN, 'long settled');
    assert.deepEqual([...PLAIN], [2, 3, 4, 5, 2, 3, 4, 5], 'the tokens’ own are not written to');
  });

  it('swapped: both at once, or not at all', () => {
    const swap = (first: number, second: number) => ({ kind: 'swapped', first, second }) as const;
    assert.equal(swapsIn(TOKENS, noPast, swap(0, 3)), true);
    for (const [first, second, past] of [
      [0, 4, 0],
      [3, 4, 4],
      [8, 9, 4],
    ] as const)
      assert.throws(
        () => swapsIn(TOKENS, { ...noPast, length: past }, swap(second, first)),
        (error: Failure) => {
          assert.equal(error.code, 'variation.noToken');
          assert.deepEqual(error.args, { first: first + 1, second: second + 1, tokens: 4 });
          return true;
        },
      );
  });
});
