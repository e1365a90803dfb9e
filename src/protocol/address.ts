import * as v from 'valibot';

/** A non-negative whole number: index of a layer, head, token. */
export const indexSchema = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Encoder self-attention, decoder masked self-attention, or the decoder's cross-attention to the encoder. */
export const stackSchema = v.picklist(['encoder', 'decoder', 'cross']);
export type Stack = v.InferOutput<typeof stackSchema>;

/** Half of figure 1: a stack of blocks. Cross-attention is a part of the decoder's. */
export const halfSchema = v.picklist(['encoder', 'decoder']);
export type Half = v.InferOutput<typeof halfSchema>;

/** Tokens of the reader's text, or those that an encoder–decoder writes. */
export const sideSchema = v.picklist(['source', 'target']);
export type Side = v.InferOutput<typeof sideSchema>;

/** One head, or the mean or maximum over the heads of a layer. */
export const headSchema = v.union([indexSchema, v.picklist(['mean', 'max'])]);
export type HeadChoice = v.InferOutput<typeof headSchema>;

/** One layer, or the mean over all layers of the stack (then `head` is `mean` or `max`). */
export const layerSchema = v.union([indexSchema, v.literal('mean')]);
export type LayerChoice = v.InferOutput<typeof layerSchema>;

/** `looksAt`: the row of a query over its keys. `lookedAt`: the column of a key over the queries. */
export const directionSchema = v.picklist(['looksAt', 'lookedAt']);
export type Direction = v.InferOutput<typeof directionSchema>;

/**
 * What rows and columns stand for: tokens, or the words they belong to. The row of a word is the mean
 * of its tokens' rows, its column their sum (Clark et al. 2019, section 4), so rows still sum to 1.
 */
export const unitSchema = v.picklist(['token', 'word']);
export type Unit = v.InferOutput<typeof unitSchema>;

/** Which attention matrix. Queries and keys of `cross` are output and source tokens. */
export const matrixAddressSchema = v.strictObject({
  stack: stackSchema,
  layer: layerSchema,
  head: headSchema,
  /** Leave special tokens out and renormalise each row over the rest. */
  hideSpecials: v.boolean(),
  unit: unitSchema,
});
export type MatrixAddress = v.InferOutput<typeof matrixAddressSchema>;

/** Which row (or column) of which matrix: the one question that panel, hover, colours, CSV and CLI ask. */
export const rowAddressSchema = v.strictObject({
  ...matrixAddressSchema.entries,
  direction: directionSchema,
  /** Index of the query (`looksAt`) or of the key (`lookedAt`): of a token, or of a word. */
  token: indexSchema,
});
export type RowAddress = v.InferOutput<typeof rowAddressSchema>;
