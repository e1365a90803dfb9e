import assert from 'node:assert/strict';
import { withoutPrefixMark } from '../../../src/tokens/prefixMark';

describe('withoutPrefixMark', () => {
  it('takes the first character from the blank that the tokenizer put before it', () => {
    assert.deepEqual(withoutPrefixMark(['▁', '那', '只', '</s>'], [[0, 1], [0, 1], [1, 2], null]), [
      null,
      [0, 1],
      [1, 2],
      null,
    ]);
  });

  it('leaves a blank that stands for a blank of the text, and whole words', () => {
    const spans = [
      [0, 1],
      [1, 2],
      [2, 3],
    ] as const;
    assert.deepEqual(withoutPrefixMark(['▁x', '▁', '那'], spans), spans);
  });

  it('leaves the bytes of one character, which share it', () => {
    const spans = [
      [0, 1],
      [0, 1],
    ] as const;
    assert.deepEqual(withoutPrefixMark(['<0xE4>', '<0xBD>'], spans), spans);
  });
});
