import assert from 'node:assert/strict';
import { withoutLinks } from '../../../src/host/links/withoutLinks';

describe('words of a message', () => {
  it('hold no link, whatever they quote', () => {
    const link = /\[[^\]]+\]\([^)\s]+\)/;
    for (const words of ['[Ok](command:x)', 'a [b](https://c) [d](command:e)']) {
      assert.match(words, link);
      assert.doesNotMatch(withoutLinks(words), link);
    }
    assert.equal(withoutLinks('No model “m” (here) [1].'), 'No model “m” (here) [1].');
  });
});
