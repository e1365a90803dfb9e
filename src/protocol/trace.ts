import * as v from 'valibot';
import { indexSchema, stackSchema } from './address';
import { failureSchema } from './failureSchema';

/** Name of one run of one model on one text; unique within a window. Every message carries it. */
export const traceIdSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
export type TraceId = v.InferOutput<typeof traceIdSchema>;

/** A token and the characters it stands for. */
export const tokenSchema = v.strictObject({
  /** Piece as the vocabulary spells it (`▁animal`). */
  piece: v.string(),
  /** The characters as a person reads them; for special tokens the piece. */
  label: v.string(),
  id: indexSchema,
  /** `[start, end)` in UTF-16 units of the text; null where no text stands for the token. */
  span: v.nullable(v.tuple([indexSchema, indexSchema])),
  special: v.boolean(),
});
export type Token = v.InferOutput<typeof tokenSchema>;

/** A token the model might have written at a step. Probability from the softmax of the logits as computed. */
export const candidateSchema = v.strictObject({
  id: indexSchema,
  label: v.string(),
  probability: v.number(),
});
export type Candidate = v.InferOutput<typeof candidateSchema>;

/** Where a model's position encodings come from (paper section 3.5); `halves` = all sines, then all cosines. */
export const positionLayoutSchema = v.picklist(['interleaved', 'halves']);
export type PositionLayout = v.InferOutput<typeof positionLayoutSchema>;

export const modelSummarySchema = v.strictObject({
  /** Folder name, or the built-in model's name. */
  name: v.string(),
  modelType: v.string(),
  layers: v.strictObject({ encoder: indexSchema, decoder: indexSchema }),
  heads: v.strictObject({ encoder: indexSchema, decoder: indexSchema }),
  dModel: indexSchema,
  vocabulary: indexSchema,
  /** Longest text in tokens, special tokens included. */
  positions: indexSchema,
  positionLayout: positionLayoutSchema,
  /** Language tags the source may begin with, as in `>>fra<<`: `fra`. Empty: no switch. */
  languages: v.array(v.string()),
  parameters: indexSchema,
  weightDtype: v.string(),
});
export type ModelSummary = v.InferOutput<typeof modelSummarySchema>;

/** What will be computed: known before the first layer. */
export const planSchema = v.strictObject({
  model: modelSummarySchema,
  text: v.string(),
  language: v.nullable(v.string()),
  source: v.array(tokenSchema),
  /** The first output token (decoder start), which the model is given rather than writes. */
  target: v.array(tokenSchema),
  maxNewTokens: indexSchema,
  backend: v.string(),
  /** Not errors, but the reader must know: e.g. text longer than the model was trained on. */
  notices: v.array(failureSchema),
});
export type Plan = v.InferOutput<typeof planSchema>;

/** A layer of a stack whose attention exists. For `decoder` and `cross` it grows by a query a step. */
export const layerAddressSchema = v.strictObject({ stack: stackSchema, layer: indexSchema });
export type LayerAddress = v.InferOutput<typeof layerAddressSchema>;

/** An output token and what else the model might have written there. */
export const writtenTokenSchema = v.strictObject({
  token: tokenSchema,
  probability: v.number(),
  candidates: v.array(candidateSchema),
});
export type WrittenToken = v.InferOutput<typeof writtenTokenSchema>;
