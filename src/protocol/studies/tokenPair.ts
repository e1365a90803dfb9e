import * as v from 'valibot';
import { halfSchema, indexSchema } from '../address';
import { wireTensorSchema } from '../wireTensor';

/** How alike the vectors of two tokens are on their way through a stack: before positions, with them, after each block. */
export const tokenPairStudy = {
  question: v.strictObject({ half: halfSchema, first: indexSchema, second: indexSchema }),
  answer: v.strictObject({
    places: v.array(
      v.variant('at', [
        /** The token's own vector, scaled as the model scales it. */
        v.strictObject({ at: v.literal('token') }),
        /** With its position's vector added; only of models that add one. */
        v.strictObject({ at: v.literal('placed') }),
        v.strictObject({ at: v.literal('block'), layer: indexSchema }),
      ]),
    ),
    /** Cosine of the two, `[place]`. */
    cosines: wireTensorSchema,
    /** Both are the same token. */
    same: v.boolean(),
  }),
} as const;
