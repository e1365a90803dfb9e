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

  it('reads a word longer than any window', () => {
    const long = 'x'.repeat(30_000);
    assert.deepEqual(
      wordsOf(`a ${long} b`, [
        [0, 1],
        [2, 9000],
        [9000, 30_002],
        [30_003, 30_004],
      ]),
      [0, 1, 1, 2],
    );
  });

  it('takes a text of 200,000 characters in its stride', () => {
    const timeOf = (length: number): number => {
      const text = 'The quick brown fox. '.repeat(length / 21);
      const begin = performance.now();
      wordsOf(text, [[0, 3]]);
      return performance.now() - begin;
    };
    const short = Math.min(timeOf(42_000), timeOf(42_000));
    // Five times as long if linear; the segmenter given all of it at once took a hundred times.
    assert.ok(timeOf(210_000) < 20 * short);
  }).timeout(60_000);
});
