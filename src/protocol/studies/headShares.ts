import * as v from 'valibot';
import { indexSchema, stackSchema } from '../address';
import { wireTensorSchema } from '../wireTensor';

/**
 * What an attention sub-layer adds to one token, head by head: concat(z) · W_O + b_O as the sum of
 * z_h · W_O,h over the heads (Vaswani et al. 2017, section 3.2.2).
 */
export const headSharesStudy = {
  question: v.strictObject({ stack: stackSchema, layer: indexSchema, token: indexSchema }),
  answer: v.strictObject({
    /** z_h · W_O,h, `[head, d_model]`. */
    vectors: wireTensorSchema,
    /** b_O, `[d_model]`; null: there is none. */
    bias: v.nullable(wireTensorSchema),
    /** What the sub-layer added when the model ran, `[d_model]`. */
    output: wireTensorSchema,
    /** ‖z_h · W_O,h‖, `[head]`. */
    norms: wireTensorSchema,
    /** Cosine of each with `output`, `[head]`. */
    cosines: wireTensorSchema,
    biasNorm: v.nullable(v.number()),
    outputNorm: v.number(),
    /** Between the heads' vectors summed with b_O and `output`, over all dimensions. */
    largestDifference: v.number(),
  }),
} as const;
