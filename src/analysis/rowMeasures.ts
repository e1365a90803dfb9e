import type { AttentionRecord } from './attentionRecord';
import { MEASURES, type HeadMeasures, type HeadProfiler } from './headProfiler';
import { RunningMean } from './runningMean';

/**
 * What every head does in every row of a layer, so that a layer that grows, or begins as another one
 * did, is measured in its new rows alone.
 */
export class RowMeasures {
  private constructor(
    /** NaN where a row has no such measure. */
    readonly numbers: Float64Array, // [query, head, measure]
    readonly queries: number,
    private readonly heads: number,
  ) {}

  /** @param known of the first rows: what comes after them changes nothing there */
  static of(
    profiler: HeadProfiler,
    record: AttentionRecord,
    known: RowMeasures | null,
  ): RowMeasures {
    const { heads, queries } = record;
    const width = MEASURES.length;
    const numbers = new Float64Array(queries * heads * width).fill(Number.NaN);
    if (known) numbers.set(known.numbers);
    for (let query = known?.queries ?? 0; query < queries; query++) {
      for (let head = 0; head < heads; head++) {
        const start = (query * heads + head) * width;
        profiler.measureRow(record, head, query, numbers.subarray(start, start + width));
      }
    }
    return new RowMeasures(numbers, queries, heads);
  }

  /** Of the first rows. */
  first(queries: number): RowMeasures {
    const count = Math.min(queries, this.queries);
    const numbers = this.numbers.subarray(0, count * this.heads * MEASURES.length);
    return new RowMeasures(numbers, count, this.heads);
  }

  /** Means over all rows, by head. */
  means(): readonly HeadMeasures[] {
    const { heads, numbers } = this;
    const width = heads * MEASURES.length;
    return Array.from({ length: heads }, (_, head) => {
      const meanOf = (measure: number): number | null => {
        const mean = new RunningMean();
        for (let at = head * MEASURES.length + measure; at < numbers.length; at += width)
          mean.add(numbers[at]);
        return mean.value;
      };
      return Object.fromEntries(MEASURES.map((name, measure) => [name, meanOf(measure)])) as Record<
        (typeof MEASURES)[number],
        number | null
      >;
    });
  }
}
