import assert from 'node:assert/strict';
import { isUnseen, isUnseenIn } from '../../../src/navigation/causality';
import type { RowAddress } from '../../../src/protocol/address';

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

describe('causality', () => {
  it('hides from a decoder what comes after a query, and nothing else', () => {
    assert.deepEqual(
      [1, 2, 3].map((key) => isUnseen('decoder', 2, key)),
      [false, false, true],
    );
    assert.ok(!isUnseen('encoder', 0, 5) && !isUnseen('cross', 0, 5));
  });

  it('turns round in a column: queries before the key do not see it', () => {
    const unseen = (rest: Partial<RowAddress>): boolean[] =>
      [1, 2, 3].map((other) => isUnseenIn(row(rest), other));
    assert.deepEqual(unseen({}), [false, false, true]);
    assert.deepEqual(unseen({ direction: 'lookedAt' }), [true, false, false]);
    assert.deepEqual(unseen({ stack: 'encoder' }), [false, false, false]);
  });
});
