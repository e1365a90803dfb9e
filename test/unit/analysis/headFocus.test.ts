import assert from 'node:assert/strict';
import { wholeView } from '../../../src/analysis/attentionMatrix';
import { AttentionRecord } from '../../../src/analysis/attentionRecord';
import { headFocus } from '../../../src/analysis/headFocus';

const record = new AttentionRecord(2);
record.append(Float32Array.of(0.5, 0.25, 0.25, 1, 0, 0), 1, 3);

describe('how sharply a head looks', () => {
  it('the entropy of the row and its largest weight', () => {
    const focus = headFocus(record, 0, 0, wholeView);
    assert.deepEqual(focus, { entropy: 1.5, key: 0, weight: 0.5 });
    assert.deepEqual(headFocus(record, 1, 0, wholeView), { entropy: 0, key: 0, weight: 1 });
  });

  it('of the row as it is shown; the first of equal weights', () => {
    const view = { ...wholeView, hide: { queries: [false], keys: [true, false, false] } };
    assert.deepEqual(headFocus(record, 0, 0, view), { entropy: 1, key: 1, weight: 0.5 });
    assert.equal(headFocus(record, 1, 0, view), null, 'all its weight is hidden');
  });

  it('of words: their weight is that of their tokens together', () => {
    const groups = {
      queries: [{ first: 0, last: 0 }],
      keys: [
        { first: 0, last: 0 },
        { first: 1, last: 2 },
      ],
    };
    const view = { ...wholeView, groups };
    assert.deepEqual(headFocus(record, 0, 0, view), { entropy: 1, key: 0, weight: 0.5 });
  });
});
