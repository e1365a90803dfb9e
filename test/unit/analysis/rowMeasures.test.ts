import assert from 'node:assert/strict';
import { AttentionRecord } from '../../../src/analysis/attentionRecord';
import { HeadProfiler } from '../../../src/analysis/headProfiler';
import { RowMeasures } from '../../../src/analysis/rowMeasures';

const HEADS = 2;
const IDS = [1, 7, 8, 7, 9, 8, 2];

/** Counts the rows that it measures. */
class CountingProfiler extends HeadProfiler {
  rows = 0;

  override measureRow(...given: Parameters<HeadProfiler['measureRow']>): void {
    this.rows++;
    super.measureRow(...given);
  }
}

/** Of a decoder that reads the first `count` tokens, of which the first is special. */
function profiler(count: number, hideSpecials: boolean): CountingProfiler {
  const ids = IDS.slice(0, count);
  const text = { ids, special: ids.map((id) => id === 1) };
  return new CountingProfiler({ stack: 'decoder', queries: text, keys: text, hideSpecials });
}

/** Rows without a pattern, causal; row i is the same whatever follows. */
function reading(count: number): AttentionRecord {
  const record = new AttentionRecord(HEADS);
  for (let query = 0; query < count; query++) {
    const rows = Array.from({ length: HEADS }, (_, head) => {
      const raw = Array.from({ length: query + 1 }, (__, key) =>
        Math.abs(Math.sin(1 + 5 * head + 3 * query + 7 * key)),
      );
      const sum = raw.reduce((total, one) => total + one, 0);
      return raw.map((one) => one / sum);
    });
    record.append(Float32Array.from(rows.flat()), 1, query + 1, true);
  }
  return record;
}

describe('measures of rows', () => {
  for (const hideSpecials of [false, true])
    it(`of a layer that grew are those of one measured at once${hideSpecials ? ', specials hidden' : ''}`, () => {
      const whole = RowMeasures.of(profiler(7, hideSpecials), reading(7), null).means();
      for (let before = 1; before < 7; before++) {
        const some = RowMeasures.of(profiler(before, hideSpecials), reading(before), null);
        const later = profiler(7, hideSpecials);
        assert.deepEqual(RowMeasures.of(later, reading(7), some).means(), whole);
        assert.equal(later.rows, (7 - before) * HEADS, 'only what is new is measured');
      }
    });

  it('of the first rows alone', () => {
    const some = RowMeasures.of(profiler(7, false), reading(7), null).first(4);
    const four = RowMeasures.of(profiler(4, false), reading(4), null);
    assert.deepEqual(some.means(), four.means());
    assert.equal(some.first(9).queries, 4, 'there are no more than there are');
  });
});
