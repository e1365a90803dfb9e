import * as v from 'valibot';
import { indexSchema, rowAddressSchema, sideSchema } from './address';
import { failureSchema } from './failureSchema';
import { queries } from './queries';
import { colourScaleSchema } from './readerState';
import { candidateSchema, tokenSchema, traceIdSchema } from './trace';

/** The row of the chosen token with the tokens it is about: all that the table shows. */
export const tokenTableSchema = v.strictObject({
  trace: traceIdSchema,
  address: rowAddressSchema,
  /** The chosen token itself. */
  chosen: tokenSchema,
  /** What it is called among its neighbours: `it`, `🐱 1/4`. */
  label: v.string(),
  /** Side and tokens that the weights belong to, `[other token]`. */
  side: sideSchema,
  others: v.array(tokenSchema),
  /** Which of them a mask leaves it; null: all. */
  sight: v.nullable(v.strictObject({ first: indexSchema, last: indexSchema })),
  row: queries.row.answer,
  /** For an output token: what else might have been written there. */
  candidates: v.nullable(v.array(candidateSchema)),
  colourScale: colourScaleSchema,
});
export type TokenTable = v.InferOutput<typeof tokenTableSchema>;

/** Host → the side panel's *Token* view. */
export const toTokenViewSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('welcome'),
    /** English template → translation. */
    bundle: v.record(v.string(), v.string()),
    locale: v.string(),
  }),
  /** Replaces what is shown. Without a table the words say why. */
  v.strictObject({
    type: v.literal('table'),
    table: v.nullable(tokenTableSchema),
    failure: v.nullable(failureSchema),
  }),
]);
export type ToTokenView = v.InferOutput<typeof toTokenViewSchema>;

/** The *Token* view → host. */
export const fromTokenViewSchema = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  /** Make this token the query (or key) instead. */
  v.strictObject({
    type: v.literal('choose'),
    trace: traceIdSchema,
    side: sideSchema,
    index: indexSchema,
  }),
]);
export type FromTokenView = v.InferOutput<typeof fromTokenViewSchema>;
