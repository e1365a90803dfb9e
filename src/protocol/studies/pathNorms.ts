import * as v from 'valibot';
import { halfSchema, indexSchema } from '../address';

/** What a sub-layer does to one token's vector; all but the cosine are lengths ‖·‖. */
const subLayerSchema = v.strictObject({
  name: v.picklist(['attention', 'cross', 'feedForward']),
  /** The stream x as it comes. */
  enters: v.number(),
  /** What the sub-layer reads: pre-norm blocks Norm(x), else x. */
  reads: v.number(),
  /** SubLayer(…), what is added. */
  adds: v.number(),
  /** Cosine of what is added with the stream. */
  cosine: v.number(),
  /** The residual sum; null: the other sub-layer is added to the same sum. */
  sum: v.nullable(v.number()),
  /** As it goes on: post-norm blocks Norm(sum), else the sum. */
  leaves: v.nullable(v.number()),
});

/** The lengths of one token's vector on its way through a stack, box by box of figure 1. */
export const pathNormsStudy = {
  question: v.strictObject({ half: halfSchema, token: indexSchema }),
  answer: v.strictObject({
    embedding: v.strictObject({
      /** The token's own vector, scaled where the model scales. */
      token: v.number(),
      /** Null: nothing is added. */
      positions: v.nullable(v.number()),
      types: v.nullable(v.number()),
      /** What the first block is given. */
      leaves: v.number(),
    }),
    /** `[layer][sub-layer]` in the order of computing. */
    layers: v.array(v.array(subLayerSchema)),
    /** Output of the stack, after its final norm if it has one. */
    leaves: v.number(),
  }),
} as const;
