import { AttentionRecord } from '../analysis/attentionRecord';
import type { HeadMeasures, HeadProfiler } from '../analysis/headProfiler';

/** What a trace keeps of one attention sub-layer: the weights, and the values they mix. */
export class LayerTrace {
  readonly attention: AttentionRecord;
  private readonly valueBlocks: Float32Array[] = [];
  private readonly profiles: Record<'shown' | 'hidden', KnownProfiles | null> = {
    shown: null,
    hidden: null,
  };

  constructor(heads: number) {
    this.attention = new AttentionRecord(heads);
  }

  get bytes(): number {
    return this.valueBlocks.reduce((sum, block) => sum + block.byteLength, this.attention.bytes);
  }

  /** Adds `[key, key-value heads · d_v]` values of further keys. */
  appendValues(block: Float32Array): void {
    this.valueBlocks.push(block);
  }

  /**
   * What each head does, `[head]`. Measured once as long as no query is added: views ask for all
   * layers again whenever one more exists.
   */
  headMeasures(profiler: HeadProfiler): readonly HeadMeasures[] {
    const kind = profiler.hidesSpecials ? 'hidden' : 'shown';
    const { attention } = this;
    const known = this.profiles[kind];
    if (known?.queries === attention.queries) return known.heads;
    const heads = Array.from({ length: attention.heads }, (_, head) =>
      profiler.profile(attention, head),
    );
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
