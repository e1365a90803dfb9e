import assert from 'node:assert/strict';
import { AttentionRecord } from '../../../src/analysis/attentionRecord';
import { headFocus } from '../../../src/analysis/headFocus';

const record = new AttentionRecord(2);
record.append(Float32Array.of(0.5, 0.25, 0.25, 1, 0, 0), 1, 3);

describe('how sharply a head looks', () => {
  it('the entropy of the row and its largest weight', () => {
    const focus = headFocus(record, 0, 0, null);
    assert.deepEqual(focus, { entropy: 1.5, key: 0, weight: 0.5 });
    assert.deepEqual(headFocus(record, 1, 0, null), { entropy: 0, key: 0, weight: 1 });
  });

  it('of the row as it is shown; the first of equal weights', () => {
    const hide = { queries: [false], keys: [true, false, false] };
    assert.deepEqual(headFocus(record, 0, 0, hide), { entropy: 1, key: 1, weight: 0.5 });
    assert.equal(headFocus(record, 1, 0, hide), null, 'all its weight is hidden');
  });
});
