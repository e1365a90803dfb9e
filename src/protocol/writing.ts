/** How a model is to write: what is asked of a run, and what a plan says of it. */
import * as v from 'valibot';
import { indexSchema } from './address';

/** Most beams that are followed at once: their keys and values are as many times those of one text. */
export const MOST_BEAMS = 16;

const positiveSchema = v.pipe(v.number(), v.finite(), v.gtValue(0));

/** How the next token is chosen from its scores. */
export const searchSchema = v.variant('kind', [
  /** The likeliest, again and again. */
  v.strictObject({ kind: v.literal('greedy') }),
  /**
   * As many sequences as there are beams, each grown by its best tokens; a finished one counts the
   * sum of its tokens' log-probabilities ÷ length ^ `lengthPenalty` (Hugging Face's definition).
   */
  v.strictObject({
    kind: v.literal('beam'),
    beams: v.pipe(indexSchema, v.minValue(1), v.maxValue(MOST_BEAMS)),
    lengthPenalty: v.pipe(v.number(), v.finite()),
    /** `true`: ends with as many finished ones as beams. `false`: when none under way looks better. `never`: when none can become better. */
    earlyStopping: v.union([v.boolean(), v.literal('never')]),
  }),
  /** Drawn from the softmax of the logits ÷ temperature, of the likeliest alone. */
  v.strictObject({
    kind: v.literal('sample'),
    temperature: positiveSchema,
    /** Only the so many likeliest; null: all. */
    topK: v.nullable(v.pipe(indexSchema, v.minValue(1))),
    /** Only the fewest likeliest that have so much of the probability (Holtzman et al. 2020); null: all. */
    topP: v.nullable(v.pipe(v.number(), v.gtValue(0), v.maxValue(1))),
    /** The same seed draws the same again. */
    seed: v.pipe(indexSchema, v.maxValue(2 ** 32 - 1)),
  }),
]);
export type Search = v.InferOutput<typeof searchSchema>;

/** One way of writing. */
export const writingSchema = v.strictObject({
  search: searchSchema,
  /** What has been said becomes less likely (Keskar et al. 2019); 1: no such rule; null: as the checkpoint asks. */
  repetitionPenalty: v.nullable(positiveSchema),
  /** Texts that must not be written, besides those that the checkpoint forbids. */
  forbidden: v.array(v.pipe(v.string(), v.minLength(1))),
  /** What is given instead of written: these tokens first, then the tokens of this text. */
  begin: v.strictObject({
    ids: v.array(indexSchema),
    text: v.nullable(v.string()),
  }),
  /**
   * Whether the model writes on from there. If not, just what is given is read (teacher forcing): its
   * tokens, and after a text the end of the sequence, where the model's output has one.
   */
  further: v.boolean(),
  /** Stop after this many tokens, the given ones included; null: the engine's own limit. */
  maxNewTokens: v.nullable(v.pipe(indexSchema, v.minValue(1))),
});
export type Writing = v.InferOutput<typeof writingSchema>;

/** The likeliest tokens to the end: what an encoder–decoder does unless it is told otherwise. */
export const plainWriting: Writing = {
  search: { kind: 'greedy' },
  repetitionPenalty: null,
  forbidden: [],
  begin: { ids: [], text: null },
  further: true,
  maxNewTokens: null,
};

/** One sequence of a beam search, by its newest token. */
const beamSchema = v.strictObject({
  id: indexSchema,
  label: v.string(),
  /** The sequence it grew from: its place among `running` of the step before; 0 in the first step. */
  origin: indexSchema,
  /** Sum of its tokens' log-probabilities. */
  total: v.number(),
  /** `total` ÷ length ^ length penalty. */
  score: v.number(),
});
export type Beam = v.InferOutput<typeof beamSchema>;

/** One step of a beam search. A running beam from which nothing of the next step grew has died. */
export const beamStepSchema = v.strictObject({
  /** Best first. */
  running: v.array(beamSchema),
  /** Those that ended in this step and count among the best that ended. */
  finished: v.array(beamSchema),
  milliseconds: v.number(),
});
export type BeamStep = v.InferOutput<typeof beamStepSchema>;

/** What a beam search came to: a sequence that ended, or was cut off. */
export const hypothesisSchema = v.strictObject({
  ids: v.array(indexSchema),
  text: v.string(),
  score: v.number(),
});
export type Hypothesis = v.InferOutput<typeof hypothesisSchema>;
