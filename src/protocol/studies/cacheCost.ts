import * as v from 'valibot';
import { indexSchema } from '../address';

/**
 * What keeping keys and values saves: steps of the output once more, each computed with what is kept
 * of the tokens before it, and once from nothing. Both without watching, one after the other.
 */
export const cacheCostStudy = {
  question: v.strictObject({
    /** At most so many steps, evenly spread over the output, the first and the last among them. */
    steps: v.pipe(indexSchema, v.minValue(1), v.maxValue(64)),
  }),
  answer: v.strictObject({
    steps: v.array(
      v.strictObject({
        /** Index of the output token that is written. */
        step: indexSchema,
        /** Tokens that the decoder has read then, the newest included. */
        context: indexSchema,
        /** Milliseconds of the newest token alone, and of all tokens anew; the shortest of a few times. */
        cached: v.number(),
        uncached: v.number(),
        /** Largest difference of a logit between the two. */
        difference: v.number(),
      }),
    ),
    /** Bytes of keys and values that one token of the decoder leaves in all layers. */
    bytesPerToken: indexSchema,
    /** Of the encoder's output; null: there is no encoder. */
    cross: v.nullable(
      v.strictObject({
        bytes: indexSchema,
        /** Milliseconds of computing them, once. */
        milliseconds: v.number(),
        /** Their bytes after the last step are those before the first. */
        unchanged: v.boolean(),
      }),
    ),
  }),
} as const;
