import { AttentionRecord } from '../analysis/attentionRecord';

/** What a trace keeps of one attention sub-layer: the weights, and the values they mix. */
export class LayerTrace {
  readonly attention: AttentionRecord;
  private readonly valueBlocks: Float32Array[] = [];

  constructor(heads: number) {
    this.attention = new AttentionRecord(heads);
  }

  get bytes(): number {
    return this.valueBlocks.reduce((sum, block) => sum + block.byteLength, this.attention.bytes);
  }

  /** Adds `[key, heads · d_v]` values of further keys. */
  appendValues(block: Float32Array): void {
    this.valueBlocks.push(block);
  }

  /** All values so far, `[key, heads · d_v]`. */
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
