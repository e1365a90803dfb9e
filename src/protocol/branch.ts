import * as v from 'valibot';
import { indexSchema } from './address';
import { writingSchema } from './writing';

/** One output of a text that was written, or given: the branches of one text make a tree. */
export const branchSchema = v.strictObject({
  id: indexSchema,
  /** The branch it was forked from; null: it began by itself. */
  parent: v.nullable(indexSchema),
  /** Tokens it has in common with its parent. */
  shared: indexSchema,
  /** How it was asked for. */
  writing: writingSchema,
  tokens: v.array(v.strictObject({ id: indexSchema, label: v.string() })),
  output: v.string(),
  /** Sum of the logarithms of its tokens' probabilities (softmax of the logits as computed). */
  logProbability: v.number(),
  outcome: v.picklist(['running', 'complete', 'cancelled', 'failed']),
  /** It is on screen; it is the one kept for comparison. */
  shown: v.boolean(),
  pinned: v.boolean(),
});
export type Branch = v.InferOutput<typeof branchSchema>;
