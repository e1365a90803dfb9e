import { ownOrShared } from '../analysis/attentionBlock';
import { AttentionRecord } from '../analysis/attentionRecord';
import type { HeadMeasures, HeadProfiler } from '../analysis/headProfiler';
import { RowMeasures } from '../analysis/rowMeasures';

/** Whether special tokens are. */
type Shown = 'shown' | 'hidden';
const SHOWN: readonly Shown[] = ['shown', 'hidden'];

/** What a trace keeps of one attention sub-layer: the weights, and the values they mix. */
export class LayerTrace {
  readonly attention: AttentionRecord;
  private readonly valueBlocks: Float32Array[] = [];
  private readonly measures: Record<Shown, RowMeasures | null> = { shown: null, hidden: null };
  private readonly profiles: Record<Shown, KnownProfiles | null> = { shown: null, hidden: null };

  constructor(
    heads: number,
    /** Computed by a preview. */
    readonly approximate = false,
  ) {
    this.attention = new AttentionRecord(heads);
  }

  /** What it holds its numbers in. The trace of a text that begins alike may hold some of it as well. */
  get storage(): readonly (Float32Array | Float64Array)[] {
    const measured = Object.values(this.measures).flatMap((one) => one?.numbers ?? []);
    return [...this.attention.storage, ...this.valueBlocks, ...measured];
  }

  /** Takes over the first queries of another's attention, in which no query saw a later key. */
  adoptAttention({ attention, measures }: LayerTrace, queries: number): void {
    this.attention.adopt(attention, queries);
    for (const kind of SHOWN) this.measures[kind] = measures[kind]?.first(queries) ?? null;
  }

  /** Adds `[key, key-value heads · d_v]` values of further keys. */
  appendValues(block: Float32Array): void {
    this.valueBlocks.push(block);
  }

  /** Takes over the first `count` numbers of another's values, `[key, key-value heads · d_v]`. */
  adoptValues({ valueBlocks }: LayerTrace, count: number): void {
    let left = count;
    for (const block of valueBlocks) {
      if (left === 0) return;
      const some = ownOrShared(block.subarray(0, left));
      this.valueBlocks.push(some);
      left -= some.length;
    }
  }

  /**
   * What each head does, `[head]`. Each query is measured once: views ask for all layers again
   * whenever one more exists.
   */
  headMeasures(profiler: HeadProfiler): readonly HeadMeasures[] {
    const kind = profiler.hidesSpecials ? 'hidden' : 'shown';
    const { attention } = this;
    const known = this.profiles[kind];
    if (known?.queries === attention.queries) return known.heads;
    const measures = RowMeasures.of(profiler, attention, this.measures[kind]);
    this.measures[kind] = measures;
    const heads = measures.means();
    this.profiles[kind] = { queries: attention.queries, heads };
    return heads;
  }

  /** All values so far, `[key, key-value heads · d_v]`. */
  values(): Float32Array {
    const [first] = this.valueBlocks;
    if (first && this.valueBlocks.length === 1) return first;
    const whole = new Float32Array(this.valueBlocks.reduce((sum, { length }) => sum + length, 0));
    let offset = 0;
    for (const block of this.valueBlocks) {
      whole.set(block, offset);
      offset += block.length;
    }
    return whole;
  }
}

interface KnownProfiles {
  /** Queries the layer had when it was measured. */
  readonly queries: number;
  readonly heads: readonly HeadMeasures[];
}
