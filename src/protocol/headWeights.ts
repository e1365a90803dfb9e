import * as v from 'valibot';
import { indexSchema, stackSchema } from './address';
import { wireTensorSchema } from './wireTensor';

/** The weight between two tokens in every head that a mean or maximum is of; `layer: null` means all layers. */
export const headWeightsQuery = {
  question: v.strictObject({
    stack: stackSchema,
    layer: v.nullable(indexSchema),
    query: indexSchema,
    /** Null: the key with the largest mean weight. */
    key: v.nullable(indexSchema),
  }),
  answer: v.strictObject({
    key: indexSchema,
    /** `[layer, head]` */
    weights: wireTensorSchema,
    /** Of all of them. */
    mean: v.number(),
    /** The largest of each layer, meaned over the layers. */
    max: v.number(),
  }),
} as const;
