import { WholeBlock, type AttentionBlock } from './attentionBlock';

/**
 * The attention of one layer of one stack, every head, as a run leaves it behind. The encoder's comes
 * as one block; the decoder's and the cross-attention's grow by a query a step, whose keys are those
 * that existed then: what came later weighs exactly 0.
 */
export class AttentionRecord {
  private readonly blocks: AttentionBlock[] = [];
  /** Block and row within it, by query. */
  private readonly places: { readonly block: AttentionBlock; readonly row: number }[] = [];

  constructor(readonly heads: number) {}

  get queries(): number {
    return this.places.length;
  }

  get keys(): number {
    return this.blocks.at(-1)?.keys ?? 0;
  }

  /** What it holds its numbers in. Another record may hold some of it as well. */
  get storage(): readonly Float32Array[] {
    return this.blocks.map(({ weights }) => weights);
  }

  /**
   * Adds a copy of `weights` `[head, query, key]` of further queries.
   * @param causal no query saw a key behind it: such weigh 0 and are left out
   */
  append(weights: Float32Array, queries: number, keys: number, causal = false): void {
    if (!causal) return this.add(new WholeBlock(weights.slice(), queries, keys));
    const given = new WholeBlock(weights, queries, keys);
    this.add(given.first(queries));
  }

  /**
   * Takes over the first queries of another record, of as many heads, in which no query saw a later
   * key. Nothing is copied unless the other's numbers would be kept alive for a small part of them.
   */
  adopt(other: AttentionRecord, queries: number): void {
    let left = queries;
    for (const block of other.blocks) {
      if (left === 0) return;
      const some = Math.min(block.queries, left);
      this.add(some === block.queries ? block : block.first(some));
      left -= some;
    }
  }

  /** The weights of a query over the keys it could see, `[key]`: a view, not to be changed. */
  row(head: number, query: number): Float32Array {
    const { block, row } = this.places[query]!;
    return block.row(head, row);
  }

  weight(head: number, query: number, key: number): number {
    return this.row(head, query)[key] ?? 0;
  }

  private add(block: AttentionBlock): void {
    this.blocks.push(block);
    for (let row = 0; row < block.queries; row++) this.places.push({ block, row });
  }
}
