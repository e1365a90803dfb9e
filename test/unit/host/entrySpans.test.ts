import assert from 'node:assert/strict';
import { entriesIn, entrySpans } from '../../../src/host/editor/entrySpans';
import { initialNavigation } from '../../../src/protocol/navigation';
import { readBy, WORDS, wordPlan } from './wordFixture';

const spans = wordPlan.source.map(({ span }) => span);
const entries = (unit: 'token' | 'word') =>
  entriesIn({ snapshot: readBy(wordPlan), navigation: { ...initialNavigation, unit } });

describe('the characters of what is listed', () => {
  it('are those of each token, or from a word’s first token to its last', () => {
    assert.deepEqual(entrySpans(entries('token'), spans), spans);
    assert.deepEqual(
      entrySpans(entries('word'), spans).map((span) => span && WORDS.slice(...span)),
      [null, 'An', 'unbelievable', 'cat', null],
    );
  });

  it('are those that can still be followed, of a word that was edited', () => {
    const followed = spans.map((span, token) => (token === 3 ? null : span));
    assert.deepEqual(entrySpans(entries('word'), followed)[2], [3, 15]);
    const gone = spans.map((span, token) => (token >= 2 && token <= 4 ? null : span));
    assert.equal(entrySpans(entries('word'), gone)[2], null);
  });
});
