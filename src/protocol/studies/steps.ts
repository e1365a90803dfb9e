import * as v from 'valibot';
import { indexSchema } from '../address';
import { headAddressSchema } from '../headProfile';
import { wireTensorSchema } from '../wireTensor';

/**
 * What of a score comes from what a token is, and what from where it stands, where a model lets the
 * two be told apart exactly. Numbers are after the scale.
 */
export const scorePartsSchema = v.variant('kind', [
  /** Positions are added to the embeddings, and the sum is read as it is: five numbers that add up. */
  v.strictObject({
    kind: v.literal('added'),
    contentContent: v.number(),
    /** Content of the query, position of the key. */
    contentPosition: v.number(),
    positionContent: v.number(),
    positionPosition: v.number(),
    /** All products with b_Q or b_K; null: the projections have none. */
    biases: v.nullable(v.number()),
  }),
  /** Positions are added to the score (ALiBi, relative bias). */
  v.strictObject({ kind: v.literal('bias'), content: v.number(), position: v.number() }),
  /** Positions turn queries and keys: the product before and after, which are no summands. */
  v.strictObject({ kind: v.literal('turned'), unturned: v.number(), turned: v.number() }),
  /** They cannot be told apart: a norm mixes them, earlier layers have, or two texts meet. */
  v.strictObject({ kind: v.literal('mixed'), why: v.picklist(['norm', 'layers', 'cross']) }),
]);

/**
 * All that leads from the vectors a head reads to what its layer adds, for one query: from a pass
 * over the tokens as trained. What is derived here (products, scaled, shares) is computed in float64
 * from the model's own numbers; all else is the model's own.
 */
export const stepsStudy = {
  question: v.strictObject({
    ...headAddressSchema.entries,
    query: indexSchema,
    /** The key taken apart; null: the heaviest. */
    key: v.nullable(indexSchema),
  }),
  answer: v.strictObject({
    key: indexSchema,
    /** The key–value head that this head shares with others; its own where each has one. */
    keyHead: indexSchema,
    /** What W_Q reads at the query, `[d_model]`. */
    x: wireTensorSchema,
    /** Before the norm that gave x; null: x is the stream itself. */
    beforeNorm: v.nullable(wireTensorSchema),
    /** What W_K and W_V read at the key, `[d_model]`: in cross-attention the encoder's output. */
    memory: wireTensorSchema,
    /** q of the query, k and v of the key, `[d_k]`; `turned`: as rotary positions leave them. */
    query: wireTensorSchema,
    turnedQuery: v.nullable(wireTensorSchema),
    keyVector: wireTensorSchema,
    turnedKey: v.nullable(wireTensorSchema),
    value: wireTensorSchema,
    /** q_c · k_c of query and key as they meet, `[d_k]`. */
    products: wireTensorSchema,
    /** Factor on q · k. */
    scale: v.number(),
    /** q · k of every key, `[key]`; those that a mask hides have one too. */
    raw: wireTensorSchema,
    /** Times the scale. */
    scaled: wireTensorSchema,
    /** What positions add to the scores, `[key]`; null: nothing. */
    bias: v.nullable(wireTensorSchema),
    /** The model's own, mask included, and what its softmax makes of them, `[key]`. */
    scores: wireTensorSchema,
    weights: wireTensorSchema,
    /** ‖α v‖ of every key, `[key]`. */
    sizes: wireTensorSchema,
    /** Keys that the mask shows, the last one included. */
    seen: v.strictObject({ first: indexSchema, last: indexSchema }),
    /** Of the shown scores: the largest, and Σ exp(score − largest). */
    softmax: v.strictObject({ largest: v.number(), sum: v.number() }),
    /** z of every head, side by side, `[head, d_v]`. */
    heads: wireTensorSchema,
    /** z of this head · its rows of W_O, `[d_model]`. */
    share: wireTensorSchema,
    /** ‖z · W_O‖ of each head, `[head]`. */
    shareNorms: wireTensorSchema,
    /** b_O; null: there is none. */
    outputBias: v.nullable(wireTensorSchema),
    /** What the sub-layer adds, `[d_model]`. */
    output: wireTensorSchema,
    /** Its length. Lengths of shares do not add up to it: vectors do. */
    outputNorm: v.number(),
    residual: v.strictObject({
      /** What the sub-layer's output is added to, `[d_model]`. */
      stream: wireTensorSchema,
      /** What a feed-forward network beside it adds to the same sum; null: they come one after the other. */
      feedForward: v.nullable(wireTensorSchema),
      sum: wireTensorSchema,
      /** Of the sum; null: this model normalises before its sub-layers. */
      normed: v.nullable(wireTensorSchema),
    }),
    parts: scorePartsSchema,
    /** Largest difference of each step, computed in float64 from the step before, from the model's own. */
    differences: v.strictObject({
      vectors: v.number(),
      scores: v.number(),
      weights: v.number(),
      mixture: v.number(),
      output: v.number(),
      sum: v.number(),
    }),
  }),
} as const;

/** Keys and values of a head as one query meets them; at most 1 MB an answer. */
export const stepVectorsStudy = {
  question: v.strictObject({
    ...headAddressSchema.entries,
    query: indexSchema,
    /** Keys asked for, `[from, to)`. */
    from: indexSchema,
    to: indexSchema,
  }),
  answer: v.strictObject({
    /** As they meet the query: turned where positions turn them. `[key − from, d_k]` */
    keys: wireTensorSchema,
    values: wireTensorSchema,
    /** α v, in float64 from the model's own. `[key − from, d_v]` */
    weighted: wireTensorSchema,
  }),
} as const;
