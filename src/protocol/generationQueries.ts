import * as v from 'valibot';
import { writingSchema } from './writing';

/** Questions about how a model writes that cost no computing. */
export const generationQueries = {
  /** What the checkpoint asks for when it writes: the options its files set, and the way of writing that comes to. */
  generationSettings: {
    question: v.strictObject({}),
    answer: v.strictObject({
      /** As they stand there: `generation_config.json`, `num_beams`, `4`. */
      options: v.array(
        v.strictObject({
          file: v.string(),
          option: v.string(),
          value: v.string(),
          /** False: it would change what is written, and is not built. */
          obeyed: v.boolean(),
        }),
      ),
      writing: writingSchema,
    }),
  },
} as const;
