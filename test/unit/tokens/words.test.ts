import assert from 'node:assert/strict';
import { wordsOf } from '../../../src/tokens/words';

describe('wordsOf', () => {
  it('numbers words and punctuation marks; white space and specials are none', () => {
    //             a  n  im al     d  idn ' t     .
    const spans = [[0, 2], [2, 4], [4, 5], [5, 8], [8, 9], [9, 10], [10, 11], null] as const;
    assert.deepEqual(wordsOf("anim didn't.", spans), [0, 0, null, 1, 1, 1, 1, null]);
    assert.deepEqual(
      wordsOf('Go, now!', [
        [0, 2],
        [2, 3],
        [4, 7],
        [7, 8],
      ]),
      [0, 1, 2, 3],
    );
  });

  it('finds Chinese words', () => {
    assert.deepEqual(
      wordsOf('因为它', [
        [0, 1],
        [1, 2],
        [2, 3],
      ]),
      [0, 0, 1],
    );
  });

  it('ends no word inside a token', () => {
    assert.deepEqual(
      wordsOf('a b c d', [
        [0, 1],
        [2, 5],
        [4, 5],
        [6, 7],
      ]),
      [0, 1, 1, 2],
    );
    // Chained: the first two tokens join three words.
    assert.deepEqual(
      wordsOf('a b c', [
        [0, 3],
        [2, 5],
        [4, 5],
      ]),
      [0, 0, 0],
    );
  });

  it('keeps emoji together', () => {
    assert.deepEqual(
      wordsOf('👩‍🚀 x', [
        [0, 2],
        [2, 3],
        [3, 5],
        [6, 7],
      ]),
      [0, 0, 0, 1],
    );
  });
});
