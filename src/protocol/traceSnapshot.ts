import * as v from 'valibot';
import { failureSchema } from './failureSchema';
import { previewedSchema } from './previewed';
import { beamStepSchema, hypothesisSchema } from './writing';
import {
  layerAddressSchema,
  planSchema,
  predictionSchema,
  traceIdSchema,
  writtenTokenSchema,
} from './trace';

/** A trace as host and page remember it: enough to paint everything but pictures and numbers. */
export const traceSnapshotSchema = v.strictObject({
  trace: traceIdSchema,
  /** Where the text comes from, for the panel's header: a file name and a line. */
  origin: v.string(),
  loading: v.nullable(v.number()),
  plan: v.nullable(planSchema),
  /** Layers whose attention over the reader's text exists. */
  layers: v.array(layerAddressSchema),
  /** What a preview did beside them; null: there was none. */
  previewed: v.nullable(previewedSchema),
  /** What the model says of the whole text; null: not yet, or no such model. */
  prediction: v.nullable(predictionSchema),
  written: v.array(writtenTokenSchema),
  /** Steps of a beam search, and what it came to; null: there was none. */
  search: v.nullable(
    v.strictObject({
      steps: v.array(beamStepSchema),
      hypotheses: v.array(hypothesisSchema),
    }),
  ),
  /** Null while running. */
  outcome: v.nullable(v.picklist(['complete', 'cancelled', 'failed'])),
  failure: v.nullable(failureSchema),
  output: v.string(),
  milliseconds: v.nullable(v.number()),
});
export type TraceSnapshot = v.InferOutput<typeof traceSnapshotSchema>;
