import * as v from 'valibot';
import { halfSchema, indexSchema } from '../address';
import { candidateSchema } from '../trace';
import { wireTensorSchema } from '../wireTensor';

/** A token of the vocabulary, by itself. */
export const vocabularyTokenSchema = v.omit(candidateSchema, ['probability']);
export type VocabularyToken = v.InferOutput<typeof vocabularyTokenSchema>;

/** The feed-forward network of a layer at one token (section 3.3): which of its d_ff neurons write most. */
export const neuronsStudy = {
  question: v.strictObject({ half: halfSchema, layer: indexSchema, token: indexSchema }),
  answer: v.strictObject({
    /** Largest |activation| · ‖row of W₂‖ first. */
    neurons: v.array(
      v.strictObject({
        index: indexSchema,
        /** After the non-linearity (and gate). */
        activation: v.number(),
        /** ‖row of W₂‖. */
        rowNorm: v.number(),
        /** |activation| · ‖row of W₂‖: length of what it writes here. */
        writes: v.number(),
        /**
         * Tokens whose output columns have the largest products with what it writes, before the final
         * norm; null where the output is no linear map of the stream, or each sub-layer is normalised.
         */
        promotes: v.nullable(v.array(vocabularyTokenSchema)),
      }),
    ),
    /** Activation of each of these at every token that the stack reads, `[neuron, token]`. */
    activations: wireTensorSchema,
    /** d_ff, and how many of these neurons are above 0 at this token. */
    width: indexSchema,
    positive: indexSchema,
    /** Length of what the sub-layer adds here, and of the part of it that these neurons write. */
    outputNorm: v.number(),
    shownNorm: v.number(),
    /** Tokens that were put in reverse order, and the largest difference of the outputs put back. */
    permuted: indexSchema,
    permutedDifference: v.number(),
  }),
} as const;
