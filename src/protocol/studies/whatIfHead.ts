/** One head with something done differently, beside the same head as trained. */
import * as v from 'valibot';
import { indexSchema, sideSchema, stackSchema } from '../address';
import { changeSchema } from '../change';
import { pictureSchema, wireTensorSchema } from '../wireTensor';

const headEntries = {
  change: changeSchema,
  stack: stackSchema,
  layer: indexSchema,
  head: indexSchema,
} as const;

const measuresSchema = v.strictObject({
  /** Of the scores over the keys that are seen, as the softmax reads them. */
  variance: v.number(),
  /** Largest weight. */
  largest: v.number(),
  /** −Σ α log₂ α, in bits. */
  entropy: v.number(),
  /** ‖∂softmax/∂scores‖, the Frobenius norm of diag(α) − ααᵀ. */
  gradient: v.number(),
});
export type RowMeasures = v.InferOutput<typeof measuresSchema>;

const headStateSchema = v.strictObject({
  /** As the softmax reads them, `[key]`; NaN where a mask hides the key. */
  scores: wireTensorSchema,
  /** `[key]` */
  weights: wireTensorSchema,
  /** Keys that the query sees. */
  seen: indexSchema,
  row: measuresSchema,
  /** Means over the queries that see two keys or more; null: none does. */
  mean: v.nullable(measuresSchema),
  /** Weight on keys after the query, of this query and as a mean; null: order means nothing here (`cross`). */
  later: v.nullable(v.strictObject({ row: v.number(), mean: v.number() })),
});
export type HeadState = v.InferOutput<typeof headStateSchema>;

const movedCellSchema = v.strictObject({
  query: indexSchema,
  key: indexSchema,
  asTrained: v.number(),
  changed: v.number(),
});

/** A query's row of a head, and what is measured of it. */
export const whatIf = {
  question: v.strictObject({ ...headEntries, query: indexSchema }),
  answer: v.strictObject({
    asTrained: headStateSchema,
    changed: headStateSchema,
    /** Largest difference of a number among the head's queries, keys and values, of all tokens. */
    moved: v.strictObject({ queries: v.number(), keys: v.number(), values: v.number() }),
  }),
} as const;

/** The whole matrix of a head for the eye, and the cells that differ most. */
export const whatIfMatrix = {
  question: v.strictObject(headEntries),
  answer: v.strictObject({
    asTrained: pictureSchema,
    changed: pictureSchema,
    /** Largest difference first; cells that do not differ at all are left out. */
    moved: v.array(movedCellSchema),
  }),
} as const;

/** Exact weights `[query − from, key]` of some rows of that matrix; at most 1 MB each. */
export const whatIfRows = {
  question: v.strictObject({ ...headEntries, from: indexSchema, to: indexSchema }),
  answer: v.strictObject({ asTrained: wireTensorSchema, changed: wireTensorSchema }),
} as const;

/** Lengths of what is added up at the bottom of a stack, token by token. */
export const whatIfEmbedding = {
  question: v.strictObject({ side: sideSchema }),
  answer: v.strictObject({
    /** Factor on the embeddings. */
    scale: v.number(),
    /** ‖E‖ with the factor, `[token]`. */
    scaled: wireTensorSchema,
    /** ‖E‖ without it. */
    unscaled: wireTensorSchema,
    /** ‖PE‖ of the vector that is added; null: none is. */
    positions: v.nullable(wireTensorSchema),
  }),
} as const;
