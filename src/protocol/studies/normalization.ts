import * as v from 'valibot';
import { halfSchema, indexSchema } from '../address';
import { wireTensorSchema } from '../wireTensor';

/** Other sentences of a batch: enough to see that they matter, few enough to be run while one waits. */
export const MAX_BATCH_SENTENCES = 3;
/** Characters of each: a long one would outvote the reader's text and be waited for. */
export const MAX_BATCH_CHARACTERS = 300;

/** Which norm of a layer; `final`: after the last layer. */
export const normPlaceSchema = v.picklist(['attention', 'cross', 'feedForward', 'final']);
export type NormPlace = v.InferOutput<typeof normPlaceSchema>;

const sentence = v.pipe(v.string(), v.maxLength(MAX_BATCH_CHARACTERS));

/** One token's vector before and after a norm, in two batches that differ in another sentence. */
const normed = v.strictObject({
  /** As the model normalises it, `[d_model]`. */
  own: wireTensorSchema,
  /** With mean and variance of each feature over all tokens of the batch, `[d_model]`. */
  batch: wireTensorSchema,
  /** Tokens in the batch. */
  tokens: indexSchema,
});

/**
 * A norm of the model beside batch normalisation (Ioffe & Szegedy 2015) with the same gain and bias:
 * only the latter lets another sentence change this one's result.
 */
export const normalizationStudy = {
  question: v.strictObject({
    half: halfSchema,
    layer: indexSchema,
    which: normPlaceSchema,
    token: indexSchema,
    /** The rest of the batch. */
    others: v.pipe(v.array(sentence), v.minLength(1), v.maxLength(MAX_BATCH_SENTENCES)),
    /** Stands in the place of the last of them in the second batch. */
    instead: sentence,
  }),
  answer: v.strictObject({
    kind: v.picklist(['layer', 'rms']),
    /** What the norm reads, `[d_model]`. */
    input: wireTensorSchema,
    before: normed,
    after: normed,
    /** Largest difference between `after` and `before`. */
    ownDifference: v.number(),
    batchDifference: v.number(),
  }),
} as const;
