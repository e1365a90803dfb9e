import * as v from 'valibot';
import { halfSchema, headSchema, indexSchema, sideSchema } from './address';
import { wireTensorSchema } from './wireTensor';

/** Key − query, or a step from one position to another. */
const distanceSchema = v.pipe(v.number(), v.integer());

/**
 * What may be asked about how a model knows where a token stands, beyond the numbers it adds or
 * turns by: what follows from them. Positions are those of the model's table, of which a text may
 * have fewer.
 */
export const positionQueries = {
  /**
   * Sines and cosines of a position, a pair of dimensions each: by the paper's formula (section 3.5)
   * and as the table of the side holds them; or of the angles that rotary positions turn by. Fails
   * with `trace.noPositionTable` where there are no such pairs.
   */
  positionWaves: {
    question: v.strictObject({ side: sideSchema, position: indexSchema }),
    answer: v.strictObject({
      /** Radians a position, `[pair]`. */
      frequencies: wireTensorSchema,
      /** Radians, full turns included, `[pair]`. */
      angles: wireTensorSchema,
      sines: wireTensorSchema,
      cosines: wireTensorSchema,
      /** What the model adds there, `[pair]`; null: it turns queries and keys instead. */
      stored: v.nullable(v.strictObject({ sines: wireTensorSchema, cosines: wireTensorSchema })),
    }),
  },
  /**
   * PE(p) · PE(p + k) by k ≥ 0, over all p among the first positions of the table. Fails with
   * `trace.noPositionTable` like `positions`.
   */
  positionReach: {
    question: v.strictObject({ side: sideSchema }),
    answer: v.strictObject({
      /** Positions compared, each with each. */
      positions: indexSchema,
      mean: wireTensorSchema,
      lowest: wireTensorSchema,
      highest: wireTensorSchema,
      /** Largest difference between two pairs of positions at one distance. */
      spread: v.number(),
      /** Where the mean first rises again, and the top of that rise; null: it only falls. */
      rise: v.nullable(
        v.strictObject({ from: indexSchema, low: v.number(), to: indexSchema, high: v.number() }),
      ),
    }),
  },
  /**
   * PE(p + k) as a turn of PE(p), pair of dimensions by pair: sinusoids by k · ω, learned positions
   * by the angles that fit best; of rotary positions R(p + k) as R(k) R(p). Else it fails with
   * `trace.noPositionTable`.
   */
  positionShift: {
    question: v.strictObject({ side: sideSchema, position: indexSchema, shift: indexSchema }),
    answer: v.strictObject({
      /** Of each pair, in radians: sinusoids, rotary positions: k · ω; learned: the best. `[pair]` */
      angles: wireTensorSchema,
      cosines: wireTensorSchema,
      sines: wireTensorSchema,
      /** The pair at the position, `[pair, 2]`: sine and cosine; learned: two neighbours. */
      before: wireTensorSchema,
      /** That, turned, `[pair, 2]`. */
      turned: wireTensorSchema,
      /** The table's own, k later, `[pair, 2]`. */
      after: wireTensorSchema,
      /** Largest |turned − table| over all positions, `[pair]`. */
      largest: wireTensorSchema,
      /** Positions checked. */
      positions: indexSchema,
      worst: v.strictObject({ difference: v.number(), position: indexSchema, pair: indexSchema }),
      /** Length of all differences beside that of all vectors. */
      relative: v.number(),
    }),
  },
  /**
   * What a head of the first layer makes of positions alone, as if each token's embedding were zero:
   * scores of the query at a position with every key, beside the plain dot product. Fails with
   * `trace.noPositionTable` where positions are not added.
   */
  positionScores: {
    question: v.strictObject({ half: halfSchema, head: indexSchema, position: indexSchema }),
    answer: v.strictObject({
      /** PE(position) · PE(p), `[p]`. */
      products: wireTensorSchema,
      /** (PE(position) W_Q) · (PE(p) W_K) · scale, without biases, `[p]`. */
      scores: wireTensorSchema,
      /** With b_Q and b_K, `[p]`; null: the head has none. */
      biased: v.nullable(wireTensorSchema),
      /** Factor on q · k: 1 / √d_k in most. */
      scale: v.number(),
      /** A norm stands between sum and W_Q: then the score of a token is not exactly a sum of both shares. */
      normalised: v.boolean(),
    }),
  },
  /** What distance does in the loaded model, on one axis with the paper's formula of the same width. */
  distanceEffect: {
    question: v.strictObject({ half: halfSchema, head: headSchema }),
    answer: v.strictObject({
      /**
       * `score`: mean over queries of what `positionScores` gives without biases; `cosine`: mean
       * cosine of the turns; `bias`: what is added to scores.
       */
      measure: v.picklist(['score', 'cosine', 'bias']),
      /** The head shown; null: all heads are alike. */
      head: v.nullable(indexSchema),
      /** Key − query of the first entry. */
      first: distanceSchema,
      values: wireTensorSchema,
      /** Over the queries, of `score`; else null. */
      lowest: v.nullable(wireTensorSchema),
      highest: v.nullable(wireTensorSchema),
      /** PE(p) · PE(p + k) ÷ |PE|² of sinusoids of width d_model. */
      formula: wireTensorSchema,
    }),
  },
} as const;
