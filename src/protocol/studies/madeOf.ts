import * as v from 'valibot';
import { indexSchema } from '../address';
import { headAddressSchema } from '../headProfile';

/** A number of the way through a head that is a sum of others. */
export const madeNumberSchema = v.picklist([
  /** Dimension c of q at the query, of k and v at the key: Σ xᵢ W[i, c] + b. */
  'query',
  'key',
  'value',
  /** The same, turned by the token's place: two dimensions make two new ones. */
  'turnedQuery',
  'turnedKey',
  /** q · k: Σ over the dimensions. `dimension` is not read. */
  'product',
  /** z: Σ over the keys. */
  'mixture',
  /** Dimension i of the head's share of the output: Σ over the dimensions of z. */
  'share',
  /** Of the output: Σ over the heads + b_O. */
  'output',
  /** Of the residual sum. */
  'sum',
]);
export type MadeNumber = v.InferOutput<typeof madeNumberSchema>;

/** What one number is made of: its largest contributions, the rest, and their sum. */
export const madeOfStudy = {
  question: v.strictObject({
    ...headAddressSchema.entries,
    query: indexSchema,
    key: indexSchema,
    number: madeNumberSchema,
    dimension: indexSchema,
  }),
  answer: v.strictObject({
    /** The model's own number. */
    value: v.number(),
    /** Σ of all contributions and the bias, in float64. */
    sum: v.number(),
    /** A norm of each head stands between sum and value (Qwen3). */
    normed: v.boolean(),
    /** What the contributions are counted by: dimensions of what is read or of the head, keys, heads, or the parts of a residual sum. */
    of: v.picklist(['stream', 'head', 'key', 'heads', 'parts']),
    /** Largest first. `left` × `right` is the contribution; null: it is no product here. */
    terms: v.array(
      v.strictObject({
        index: indexSchema,
        left: v.nullable(v.number()),
        right: v.nullable(v.number()),
        value: v.number(),
      }),
    ),
    /** Those that are not listed. */
    rest: v.strictObject({ count: indexSchema, sum: v.number() }),
    /** Null: there is none. */
    bias: v.nullable(v.number()),
  }),
} as const;
