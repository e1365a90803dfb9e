import * as v from 'valibot';
import { halfSchema, indexSchema } from '../address';
import { changeSchema } from '../change';
import { wireTensorSchema } from '../wireTensor';

const states = v.strictObject({
  /** ‖x‖ of the token's vector at each place, `[place]`. */
  norms: wireTensorSchema,
  /** Post-norm blocks: ‖x + SubLayer(x)‖ before the norm, `[place]`, of the embedding its own; null: the sum itself goes on. */
  sums: v.nullable(wireTensorSchema),
  /** Cosine with the vector at the place before, `[place]`; of the first: 1. */
  steps: wireTensorSchema,
  /** Cosine with the vector at the last place, `[place]`. */
  toLast: wireTensorSchema,
});

/**
 * How one token's vector goes through a stack: from the embedding to the last block, as it leaves
 * each sub-layer: after the residual sum, in post-norm blocks after its norm too.
 */
export const streamStudy = {
  question: v.strictObject({
    half: halfSchema,
    token: indexSchema,
    change: v.nullable(changeSchema),
  }),
  answer: v.strictObject({
    /** The first place is the embedding (layer null). */
    places: v.array(
      v.strictObject({
        layer: v.nullable(indexSchema),
        after: v.picklist(['embedding', 'attention', 'cross', 'feedForward']),
      }),
    ),
    asTrained: states,
    /** Null: nothing was changed. */
    changed: v.nullable(states),
  }),
} as const;
