/**
 * The attention of one layer of one stack, every head, as a run leaves it behind. The encoder's comes
 * as one block; the decoder's and the cross-attention's grow by a query a step, whose keys are those
 * that existed then: what came later weighs exactly 0.
 */
export class AttentionRecord {
  private readonly blocks: Block[] = [];
  /** Block and row within it, by query. */
  private readonly places: { readonly block: Block; readonly row: number }[] = [];

  constructor(readonly heads: number) {}

  get queries(): number {
    return this.places.length;
  }

  get keys(): number {
    return this.blocks.at(-1)?.keys ?? 0;
  }

  get bytes(): number {
    return this.blocks.reduce((sum, { weights }) => sum + weights.byteLength, 0);
  }

  /** Adds `weights` `[head, query, key]` of further queries. */
  append(weights: Float32Array, queries: number, keys: number): void {
    const block = { weights, queries, keys };
    this.blocks.push(block);
    for (let row = 0; row < queries; row++) this.places.push({ block, row });
  }

  /** The weights of a query over the keys it could see, `[key]`: a view, not to be changed. */
  row(head: number, query: number): Float32Array {
    const { block, row } = this.places[query]!;
    const start = (head * block.queries + row) * block.keys;
    return block.weights.subarray(start, start + block.keys);
  }

  weight(head: number, query: number, key: number): number {
    return this.row(head, query)[key] ?? 0;
  }
}

interface Block {
  readonly weights: Float32Array; // [head, query, key]
  readonly queries: number;
  readonly keys: number;
}
