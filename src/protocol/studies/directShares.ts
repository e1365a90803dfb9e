import * as v from 'valibot';
import { halfSchema, indexSchema } from '../address';
import { candidateSchema } from '../trace';
import { wireTensorSchema } from '../wireTensor';

/**
 * Why no share of a token's logit can be told: the encoder is read by the decoder alone; a non-linear
 * layer stands before the output; the model does not say tokens.
 */
export const noSharesSchema = v.picklist(['readByDecoder', 'nonLinear', 'noTokens']);
export type NoShares = v.InferOutput<typeof noSharesSchema>;

const shares = v.strictObject({
  /** The likeliest tokens at this place, as computed. */
  candidates: v.array(candidateSchema),
  /** The token that does follow (stand there); null at the end of a text. */
  actual: v.nullable(candidateSchema),
  /** The token whose logit is taken apart. */
  predicted: candidateSchema,
  /** Its logit as the model computed it. */
  logit: v.number(),
  /** What each head of self-attention adds to it, `[layer, head]`. */
  self: wireTensorSchema,
  /** The same of cross-attention; null: there is none. */
  cross: v.nullable(wireTensorSchema),
  /** What each feed-forward network adds, its bias included, `[layer]`. */
  feedForward: wireTensorSchema,
  /** What the embedding (with its position) adds. */
  embedding: v.number(),
  /** What the biases b_O of all attentions add. */
  attentionBiases: v.number(),
  /** What is the same for every text: biases of norms on the way and of the output. */
  constant: v.number(),
  /** |sum of all these − logit|. */
  difference: v.number(),
});

/**
 * What every part of a stack adds to the logit of a token along the residual stream, each norm on the
 * way taken as the linear map it is at this place (its spread there is given). Parts that read what
 * others wrote change more than that: this is their direct share.
 */
export const directSharesStudy = {
  question: v.strictObject({
    half: halfSchema,
    token: indexSchema,
    /** Id of a token; null: the one that an encoder–decoder wrote there, else the likeliest. */
    predicted: v.nullable(indexSchema),
  }),
  answer: v.strictObject({
    /** Null: `shares` are there. */
    why: v.nullable(noSharesSchema),
    shares: v.nullable(shares),
  }),
} as const;
