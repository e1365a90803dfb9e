import * as v from 'valibot';
import { indexSchema, stackSchema } from './address';

/** One single head of one layer. */
export const headAddressSchema = v.strictObject({
  stack: stackSchema,
  layer: indexSchema,
  head: indexSchema,
});
export type HeadAddress = v.InferOutput<typeof headAddressSchema>;

export const isSameHead = (a: HeadAddress, b: HeadAddress): boolean =>
  a.stack === b.stack && a.layer === b.layer && a.head === b.head;

/**
 * What a head does on this text: means over its rows (queries) as they are shown, every row alike.
 * With specials hidden these are the rows of ordinary queries, renormalised over ordinary keys.
 * A row that cannot have a measure is left out of its mean; a row that looks at hidden tokens alone
 * counts for `special` only. Null where no row has the measure: distances across two texts
 * (`cross`), the future of a decoder, a repetition in a text without one.
 */
export const headMeasures = {
  /** −Σ α log₂ α, in bits: 0 looks at one token, log₂ n at n tokens all alike. */
  entropy: v.nullable(v.number()),
  /** Weight on the token right before, over the queries where it is shown. Null for `cross`. */
  previous: v.nullable(v.number()),
  /** Weight on the token right after, over the queries where it is shown. Encoder only. */
  next: v.nullable(v.number()),
  /** Weight on the token itself. Null for `cross`. */
  self: v.nullable(v.number()),
  /** Weight on the first token of the text looked at; with specials hidden, on the first ordinary one. */
  first: v.nullable(v.number()),
  /** Weight on special tokens before any is hidden; 0 if the text has none. */
  special: v.nullable(v.number()),
  /** Σ α·|query − key|, in tokens (hidden ones between them count). Null for `cross`. */
  distance: v.nullable(v.number()),
  /**
   * Weight on other occurrences of the same ordinary token (equal id), over the queries that see
   * one: a decoder's see only earlier ones. Null for `cross`.
   */
  duplicate: v.nullable(v.number()),
} as const;

export type HeadMeasure = keyof typeof headMeasures;

export const headProfileSchema = v.strictObject({
  ...headAddressSchema.entries,
  ...headMeasures,
});
export type HeadProfile = v.InferOutput<typeof headProfileSchema>;
