/** Weights of queries that were computed together, every head. */
export interface AttentionBlock {
  /** What it holds its numbers in, or where it shares them with another one, a view of these. */
  readonly weights: Float32Array;
  readonly queries: number;
  readonly keys: number;
  /** The weights of its `query`th query over the keys it could see, `[key]`: a view. */
  row(head: number, query: number): Float32Array;
  /** Of its first queries, none of which saw a later key. */
  first(queries: number): AttentionBlock;
}

/** Where every query sees every key: `[head, query, key]`. */
export class WholeBlock implements AttentionBlock {
  private readonly heads: number;

  constructor(
    readonly weights: Float32Array,
    readonly queries: number,
    readonly keys: number,
  ) {
    this.heads = weights.length / (queries * keys);
  }

  row(head: number, query: number): Float32Array {
    const start = (head * this.queries + query) * this.keys;
    return this.weights.subarray(start, start + this.keys);
  }

  first(queries: number): AttentionBlock {
    const past = this.keys - this.queries;
    return CausalBlock.of(this.heads, queries, past, (head, query) => this.row(head, query));
  }
}

/**
 * Where a query sees itself and what is before it: the visible triangle alone, half of the numbers.
 * A query's rows of all heads lie together, `[query, head, key]`, so that its first queries are the
 * beginning of its numbers: texts that begin alike may share them.
 */
export class CausalBlock implements AttentionBlock {
  private constructor(
    readonly weights: Float32Array,
    private readonly heads: number,
    readonly queries: number,
    /** Keys before the first query. */
    private readonly past: number,
  ) {}

  /** @param row of a head and query over the keys, of which those behind the query are left out */
  static of(
    heads: number,
    queries: number,
    past: number,
    row: (head: number, query: number) => Float32Array,
  ): CausalBlock {
    const weights = new Float32Array(heads * seenBy(queries, past));
    const block = new CausalBlock(weights, heads, queries, past);
    for (let query = 0; query < queries; query++) {
      for (let head = 0; head < heads; head++) {
        const seen = block.row(head, query);
        seen.set(row(head, query).subarray(0, seen.length));
      }
    }
    return block;
  }

  get keys(): number {
    return this.past + this.queries;
  }

  row(head: number, query: number): Float32Array {
    const seen = this.past + query + 1;
    const start = this.heads * seenBy(query, this.past) + head * seen;
    return this.weights.subarray(start, start + seen);
  }

  first(queries: number): AttentionBlock {
    const { heads, past } = this;
    const part = this.weights.subarray(0, heads * seenBy(queries, past));
    return new CausalBlock(ownOrShared(part), heads, queries, past);
  }
}

/** Keys that so many queries see, all together. */
const seenBy = (queries: number, past: number): number =>
  queries * past + (queries * (queries + 1)) / 2;

/** A part of numbers itself where it is most of them; a copy where it would keep alive much that nobody needs. */
export const ownOrShared = (part: Float32Array): Float32Array =>
  2 * part.byteLength >= part.buffer.byteLength ? part : part.slice();
