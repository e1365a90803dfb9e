import * as v from 'valibot';
import {
  indexSchema,
  layerSchema,
  headSchema,
  matrixAddressSchema,
  rowAddressSchema,
  sideSchema,
  stackSchema,
  unitSchema,
} from './address';
import { generationQueries } from './generationQueries';
import { headAddressSchema, headProfileSchema } from './headProfile';
import { headWeightsQuery } from './headWeights';
import { positionQueries } from './positionQueries';
import { studies, type StudyName } from './studies/registry';
import { structureQueries } from './structure';
import { candidateSchema } from './trace';
import { pictureSchema, wireTensorSchema } from './wireTensor';

/**
 * What may be asked about a trace, one class a resource: name → question and answer. Types of both
 * are inferred from here; nothing is declared twice.
 */
export const queries = {
  /** Weights of one row or column, with the value-weighted norms beside them. */
  row: {
    question: rowAddressSchema,
    answer: v.strictObject({
      /** `[other token]`; hidden special tokens are NaN. */
      weights: wireTensorSchema,
      /**
       * `[other token]`, ‖α·v·W_O‖ (Kobayashi et al. 2020), never renormalised. Between words: the
       * vectors α·v·W_O added over the tokens looked at, their mean over the tokens that look, and of
       * that the norm. One head: of that head. `mean`: norm of the heads' vectors summed, as the layer
       * adds them. `max`: the largest head's. `layer: mean`: the mean over layers.
       */
      norms: wireTensorSchema,
      /** Share of the row's weight on hidden special tokens, before renormalising; 0 when all are shown. */
      hidden: v.number(),
      /** From a preview: weights and norms are not the model's own. */
      approximate: v.boolean(),
    }),
  },
  /** A matrix for the eye (pooled to at most 1,024 × 1,024 pixels). */
  matrix: { question: matrixAddressSchema, answer: pictureSchema },
  /**
   * Exact weights `[query − from, key]` of some rows of a matrix; at most 1 MB an answer. Like all
   * that is no row or picture it fails with `trace.approximate` while there is but a preview.
   */
  matrixRows: {
    question: v.strictObject({
      ...matrixAddressSchema.entries,
      from: indexSchema,
      to: indexSchema,
    }),
    answer: wireTensorSchema,
  },
  /**
   * Position encodings `[position − from, d_model]` as the model adds them; of models that add some
   * (`sinusoidal`, `learned`), else it fails with `trace.noPositionTable`.
   */
  positions: {
    question: v.strictObject({ side: sideSchema, from: indexSchema, to: indexSchema }),
    answer: v.strictObject({ table: wireTensorSchema, count: indexSchema }),
  },
  /** PE(origin) · PE(p) for every position p of the side, `[position]`. Unscaled: sinusoidal at p = origin it is d_model / 2. */
  positionCurve: {
    question: v.strictObject({ side: sideSchema, origin: indexSchema }),
    answer: wireTensorSchema,
  },
  /** How rotary positions turn a head, by pair of dimensions; else it fails with `trace.noRotation`. */
  rotation: {
    question: v.strictObject({
      /** Distances (query − key) asked for, `[from, to)`. */
      from: indexSchema,
      to: indexSchema,
    }),
    answer: v.strictObject({
      /** θ of each pair in radians a position, after scaling, `[pair]`. */
      frequencies: wireTensorSchema,
      /** Factor on turned queries and keys alike (YaRN); else 1. */
      factor: v.number(),
      /** cos(distance · θ), `[distance − from, pair]`. */
      cosines: wireTensorSchema,
      /** Mean of the cosines over pairs, `[distance − from]`: q · k of a head whose pairs all have one length, beside that at distance 0. */
      similarity: wireTensorSchema,
    }),
  },
  /** What ALiBi or relative positions add to the scores, by distance; else it fails with `trace.noPositionBias`. */
  positionBias: {
    question: v.strictObject({ stack: stackSchema }),
    answer: v.strictObject({
      /** Key − query of the first column; the others follow one by one. */
      first: v.pipe(v.number(), v.integer()),
      /** `[head, distance]`. ALiBi: as it differs from the query's own key. */
      bias: wireTensorSchema,
      /** ALiBi: the slope of each head. */
      slopes: v.nullable(wireTensorSchema),
      /** Relative bias: bucket of each distance. */
      buckets: v.nullable(v.array(indexSchema)),
    }),
  },
  /**
   * The likeliest tokens at a source token: for `nextToken` those that follow it, for `maskedToken`
   * those that stand there. `actual`: probability of the token that does follow (stand there); null
   * at the end of the text. Fails with `trace.noCandidates` for models of other tasks.
   */
  candidates: {
    question: v.strictObject({ token: indexSchema }),
    answer: v.strictObject({
      candidates: v.array(candidateSchema),
      actual: v.nullable(candidateSchema),
    }),
  },
  /** What every head does on this text, of all layers computed so far; by stack, layer, head. */
  heads: {
    question: v.strictObject({ hideSpecials: v.boolean() }),
    answer: v.array(headProfileSchema),
  },
  /**
   * The heads that look most sharply from a token, as its rows are shown: lowest entropy first, equal
   * ones by layer and head. From a source token of the encoder, from an output token of decoder and
   * cross-attention. None for a special token while they are hidden; rows that see but one key, where
   * every head is equally sharp, are left out. Fails with `trace.notRead` like `row`.
   */
  focus: {
    question: v.strictObject({
      side: sideSchema,
      /** A token, or a word, as `unit` says. */
      token: indexSchema,
      hideSpecials: v.boolean(),
      unit: unitSchema,
      count: indexSchema,
    }),
    answer: v.array(
      v.strictObject({
        ...headAddressSchema.entries,
        /** Of the token's row, in bits. */
        entropy: v.number(),
        /** The key with the largest weight, and that weight. */
        key: indexSchema,
        weight: v.number(),
      }),
    ),
  },
  /** The transformers lines that reproduce one number (of tokens, never of words), and the number as computed here. */
  python: {
    question: v.strictObject({
      stack: stackSchema,
      layer: layerSchema,
      head: headSchema,
      query: indexSchema,
      key: indexSchema,
    }),
    answer: v.strictObject({ code: v.string(), value: v.number() }),
  },
  /** Factors that the model multiplies with, and could be asked to leave out. */
  factors: {
    question: v.strictObject({}),
    answer: v.strictObject({
      /** On the embeddings of a stack: √d_model (section 3.4), or 1; null: there is no such stack. */
      embedding: v.strictObject({
        encoder: v.nullable(v.number()),
        decoder: v.nullable(v.number()),
      }),
      /** On q · k, layer by layer: 1 ÷ √d_k in most. Cross-attention has its decoder's. */
      scores: v.strictObject({ encoder: v.array(v.number()), decoder: v.array(v.number()) }),
    }),
  },
  headWeights: headWeightsQuery,
  ...generationQueries,
  ...positionQueries,
  ...structureQueries,
  ...studies,
} as const;

export type QueryName = keyof typeof queries;
export type Question<N extends QueryName> = v.InferOutput<(typeof queries)[N]['question']>;
export type Answer<N extends QueryName> = v.InferOutput<(typeof queries)[N]['answer']>;

/** A question with its name, as it travels. */
export const querySchema = v.variant('name', [
  v.strictObject({ name: v.literal('row'), question: queries.row.question }),
  v.strictObject({ name: v.literal('matrix'), question: queries.matrix.question }),
  v.strictObject({ name: v.literal('matrixRows'), question: queries.matrixRows.question }),
  v.strictObject({ name: v.literal('positions'), question: queries.positions.question }),
  v.strictObject({ name: v.literal('positionCurve'), question: queries.positionCurve.question }),
  v.strictObject({ name: v.literal('rotation'), question: queries.rotation.question }),
  v.strictObject({ name: v.literal('positionBias'), question: queries.positionBias.question }),
  v.strictObject({ name: v.literal('candidates'), question: queries.candidates.question }),
  v.strictObject({ name: v.literal('heads'), question: queries.heads.question }),
  v.strictObject({ name: v.literal('focus'), question: queries.focus.question }),
  v.strictObject({ name: v.literal('python'), question: queries.python.question }),
  v.strictObject({ name: v.literal('positionWaves'), question: queries.positionWaves.question }),
  v.strictObject({ name: v.literal('positionReach'), question: queries.positionReach.question }),
  v.strictObject({ name: v.literal('positionShift'), question: queries.positionShift.question }),
  v.strictObject({ name: v.literal('positionScores'), question: queries.positionScores.question }),
  v.strictObject({ name: v.literal('distanceEffect'), question: queries.distanceEffect.question }),
  v.strictObject({ name: v.literal('factors'), question: queries.factors.question }),
  v.strictObject({ name: v.literal('structure'), question: queries.structure.question }),
  v.strictObject({ name: v.literal('headWeights'), question: queries.headWeights.question }),
  v.strictObject({ name: v.literal('steps'), question: queries.steps.question }),
  v.strictObject({ name: v.literal('stepVectors'), question: queries.stepVectors.question }),
  v.strictObject({ name: v.literal('madeOf'), question: queries.madeOf.question }),
  v.strictObject({ name: v.literal('stream'), question: queries.stream.question }),
  v.strictObject({ name: v.literal('headShares'), question: queries.headShares.question }),
  v.strictObject({ name: v.literal('directShares'), question: queries.directShares.question }),
  v.strictObject({ name: v.literal('neurons'), question: queries.neurons.question }),
  v.strictObject({ name: v.literal('normalization'), question: queries.normalization.question }),
  v.strictObject({ name: v.literal('tiedEmbeddings'), question: queries.tiedEmbeddings.question }),
  v.strictObject({ name: v.literal('tokenPair'), question: queries.tokenPair.question }),
  v.strictObject({ name: v.literal('pathNorms'), question: queries.pathNorms.question }),
  v.strictObject({ name: v.literal('whatIf'), question: queries.whatIf.question }),
  v.strictObject({ name: v.literal('whatIfMatrix'), question: queries.whatIfMatrix.question }),
  v.strictObject({ name: v.literal('whatIfRows'), question: queries.whatIfRows.question }),
  v.strictObject({
    name: v.literal('whatIfEmbedding'),
    question: queries.whatIfEmbedding.question,
  }),
  v.strictObject({ name: v.literal('whatIfOutput'), question: queries.whatIfOutput.question }),
  v.strictObject({ name: v.literal('whatIfText'), question: queries.whatIfText.question }),
  v.strictObject({
    name: v.literal('generationSettings'),
    question: queries.generationSettings.question,
  }),
  v.strictObject({ name: v.literal('cacheCost'), question: queries.cacheCost.question }),
  v.strictObject({ name: v.literal('tour'), question: queries.tour.question }),
  v.strictObject({ name: v.literal('tourMuting'), question: queries.tourMuting.question }),
]);
export type Query = v.InferOutput<typeof querySchema>;

/** A question for which the model runs again. */
export type StudyQuery = Extract<Query, { name: StudyName }>;

export const isStudy = (query: Query): query is StudyQuery => Object.hasOwn(studies, query.name);
