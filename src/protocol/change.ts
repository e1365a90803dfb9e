import * as v from 'valibot';
import { indexSchema, sideSchema, stackSchema } from './address';
import { headAddressSchema } from './headProfile';

/** Heads of a stack: one, all of a layer, or all. */
export const headScopeSchema = v.strictObject({
  stack: stackSchema,
  layer: v.union([indexSchema, v.literal('all')]),
  head: v.union([indexSchema, v.literal('all')]),
});
export type HeadScope = v.InferOutput<typeof headScopeSchema>;

/**
 * One thing that is done differently when a model runs again, all else as trained. What a score
 * function does not have in the checkpoint it does without: `additive` (Bahdanau et al. 2015) is
 * Σᵢ tanh(qᵢ + kᵢ) ÷ √d_k, that is W₁ = W₂ = I and v = (1, …, 1) ÷ √d_k.
 */
export const changeSchema = v.variant('kind', [
  /** `dot`: without 1/√d_k. `cosine`: q · k ÷ ‖q‖‖k‖, no further scale. Position bias and mask are added as ever. */
  v.strictObject({
    kind: v.literal('scoreFunction'),
    function: v.picklist(['dot', 'cosine', 'additive']),
    scope: headScopeSchema,
  }),
  /** Queries of the decoder's self-attention see later tokens (and what lies beyond a window) too. */
  v.strictObject({ kind: v.literal('unmasked') }),
  /** Nothing tells the stack of this side where a token stands. */
  v.strictObject({ kind: v.literal('positionsOff'), side: sideSchema }),
  /** Every token stands `by` places further on. */
  v.strictObject({
    kind: v.literal('positionsShifted'),
    side: sideSchema,
    by: v.pipe(indexSchema, v.minValue(1)),
  }),
  /** Two tokens are told each other's place. */
  v.strictObject({
    kind: v.literal('positionsSwapped'),
    side: sideSchema,
    first: indexSchema,
    second: indexSchema,
  }),
  /** Embeddings without their factor √d_model. */
  v.strictObject({ kind: v.literal('embeddingUnscaled'), side: sideSchema }),
  /** One token asks with another's query; keys and values are kept. */
  v.strictObject({
    kind: v.literal('otherQuery'),
    scope: headScopeSchema,
    token: indexSchema,
    from: indexSchema,
  }),
  /** These heads add nothing: their z is 0. */
  v.strictObject({ kind: v.literal('muted'), heads: v.array(headAddressSchema) }),
  /** All other heads of its layer add nothing. */
  v.strictObject({ kind: v.literal('soloed'), head: headAddressSchema }),
  /** A sub-layer's output without the stream it is added to. */
  v.strictObject({
    kind: v.literal('residualCut'),
    stack: v.picklist(['encoder', 'decoder']),
    layer: indexSchema,
    subLayer: v.picklist(['attention', 'cross', 'feedForward']),
  }),
]);
export type Change = v.InferOutput<typeof changeSchema>;
