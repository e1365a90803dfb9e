import * as v from 'valibot';
import { indexSchema, stackSchema } from './address';
import { failureSchema } from './failureSchema';
import { previewPlanSchema } from './preview';
import { writingSchema } from './writing';

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
  /** `[start, end)` in UTF-16 units of its text (see `part`); null where no text stands for the token. */
  span: v.nullable(v.tuple([indexSchema, indexSchema])),
  special: v.boolean(),
  /**
   * Number of the word it belongs to, counted through its side; null: it stands for itself. Of an
   * output token, as far as the text was written when the token was.
   */
  word: v.nullable(indexSchema),
  /**
   * Which of two texts it stands for (0 the first), or the output that goes on from the reader's text;
   * null: neither, as template tokens, and all tokens of the target side.
   */
  part: v.nullable(v.picklist([0, 1, 'output'])),
});
export type Token = v.InferOutput<typeof tokenSchema>;

/** A token the model might have written at a step. Probability from the softmax of the logits as computed. */
export const candidateSchema = v.strictObject({
  id: indexSchema,
  label: v.string(),
  /** It goes on a word (`##ing`) rather than beginning one (`▁the`); null: its vocabulary does not tell. */
  continues: v.nullable(v.boolean()),
  probability: v.number(),
});
export type Candidate = v.InferOutput<typeof candidateSchema>;

/**
 * How a model knows where a token stands. `sinusoidal` (paper section 3.5; `halves` = all sines, then
 * all cosines) and `learned` are added to the embeddings; `rotary` (Su et al. 2021) turns queries and
 * keys; `alibi` (Press et al. 2022) and `relativeBias` (Raffel et al. 2020) are added to the scores.
 */
export const positionsSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('sinusoidal'),
    layout: v.picklist(['interleaved', 'halves']),
  }),
  v.strictObject({ kind: v.literal('learned') }),
  v.strictObject({
    kind: v.literal('rotary'),
    /** Dimensions of a head that are turned, and how many it has. */
    dimensions: indexSchema,
    headWidth: indexSchema,
    /** Neighbouring dimensions are a pair (GPT-J); else dimension i and i + dimensions / 2. */
    interleaved: v.boolean(),
    base: v.number(),
    /** `default`, `linear`, `dynamic`, `yarn`, `llama3`. */
    scaling: v.string(),
  }),
  v.strictObject({ kind: v.literal('alibi') }),
  v.strictObject({
    kind: v.literal('relativeBias'),
    buckets: indexSchema,
    maxDistance: indexSchema,
  }),
]);
export type Positions = v.InferOutput<typeof positionsSchema>;

/** What a model computes from its last layer; null: nothing (a base model). */
export const taskSchema = v.nullable(
  v.picklist([
    'nextToken',
    'maskedToken',
    'sequenceLabels',
    'tokenLabels',
    'answerSpan',
    'replacedToken',
  ]),
);
export type Task = v.InferOutput<typeof taskSchema>;

/** Which stacks a model has. The text of the reader is the source of all three. */
export const architectureSchema = v.picklist(['encoder', 'decoder', 'encoderDecoder']);
export type Architecture = v.InferOutput<typeof architectureSchema>;

/** One number a stack; 0 where a model has no such stack. */
const byStack = v.strictObject({ encoder: indexSchema, decoder: indexSchema });

export const modelSummarySchema = v.strictObject({
  /** Folder name, or the built-in model's name. */
  name: v.string(),
  modelType: v.string(),
  /** Class of Hugging Face transformers that the folder names: `BertForMaskedLM`; empty: none. */
  className: v.string(),
  architecture: architectureSchema,
  task: taskSchema,
  layers: byStack,
  heads: byStack,
  /** Fewer than heads: several heads share keys and values (Ainslie et al. 2023). */
  keyValueHeads: byStack,
  /** d_k = d_v of one head. */
  headWidth: indexSchema,
  dModel: indexSchema,
  /** d_ff. */
  dFeedForward: byStack,
  vocabulary: indexSchema,
  /** Longest text in tokens, special tokens included; null: positions set no limit. */
  positions: v.nullable(indexSchema),
  /** Longest text the configuration says the model was made for, where positions set no limit. */
  trainedPositions: v.nullable(indexSchema),
  positionKind: positionsSchema,
  /** Keys that a query of each layer of the reading stack sees, itself included; null: all before it. */
  windows: v.array(v.nullable(indexSchema)),
  /** Norm before (`pre`) or after (`post`) each sub-layer, or before two at once (`parallel`). */
  normPlacement: v.picklist(['pre', 'post', 'parallel']),
  /** Factor on q · k in the first layer of the reading stack: 1 ÷ √d_k in most. */
  scoreScale: v.number(),
  /** Non-linearity of the feed-forward network, as the configuration names it. */
  activation: v.string(),
  /** The feed-forward network has a second half that it is multiplied with (Shazeer 2020). */
  gated: v.boolean(),
  /** The output projection is the embedding table; null: there is none. */
  tied: v.nullable(v.boolean()),
  /** Names of the labels of a classifier, by number. */
  labels: v.array(v.string()),
  /** Piece that stands for a token to be guessed (`[MASK]`); null: none. */
  maskToken: v.nullable(v.string()),
  /** Language tags the source may begin with, as in `>>fra<<`: `fra`. Empty: no switch. */
  languages: v.array(v.string()),
  parameters: indexSchema,
  weightDtype: v.string(),
  /** Bytes of the weights as stored. */
  weightBytes: indexSchema,
  /** Tensors in the checkpoint that the model does not use, at most a few; and how many there are. */
  unusedTensors: v.strictObject({ names: v.array(v.string()), count: indexSchema }),
});
export type ModelSummary = v.InferOutput<typeof modelSummarySchema>;

/** What will be computed: known before the first layer. */
export const planSchema = v.strictObject({
  model: modelSummarySchema,
  text: v.string(),
  /** The second text of a pair (the passage that a question is about), or null. */
  pair: v.nullable(v.string()),
  language: v.nullable(v.string()),
  source: v.array(tokenSchema),
  /** The first output token (decoder start), which an encoder–decoder is given rather than writes; else none. */
  target: v.array(tokenSchema),
  /** How the model writes; null: it only reads. */
  writing: v.nullable(writingSchema),
  maxNewTokens: indexSchema,
  backend: v.string(),
  /** So many tokens at the start are those of the text read before: their numbers were taken over. */
  reused: v.exactOptional(indexSchema),
  preview: previewPlanSchema,
  /** Not errors, but the reader must know: e.g. text longer than the model was trained on. */
  notices: v.array(failureSchema),
});
export type Plan = v.InferOutput<typeof planSchema>;

/** A layer of a stack whose attention exists. Where output is written, `decoder` and `cross` grow by a query a step. */
export const layerAddressSchema = v.strictObject({ stack: stackSchema, layer: indexSchema });
export type LayerAddress = v.InferOutput<typeof layerAddressSchema>;

/**
 * An output token and what else the model might have written there. Of a model that is but a decoder
 * these tokens go on from the reader's text, on the same side.
 */
export const writtenTokenSchema = v.strictObject({
  token: tokenSchema,
  probability: v.number(),
  /** Tokens that are likelier: 0 for the likeliest. */
  rank: indexSchema,
  candidates: v.array(candidateSchema),
  /**
   * Probabilities after rules, temperature and cuts, 0 for what these leave out: of the token, and of
   * the candidates in their order; null: chosen from the logits as computed.
   */
  searched: v.nullable(
    v.strictObject({ probability: v.number(), candidates: v.array(v.number()) }),
  ),
  /** It was not chosen but given. */
  given: v.boolean(),
  /** What the step took, with everything that is captured of it. */
  milliseconds: v.number(),
});
export type WrittenToken = v.InferOutput<typeof writtenTokenSchema>;

/** What the model says of the whole text, when all layers are computed. Probabilities: softmax (or, where said, sigmoid) of its logits. */
export const predictionSchema = v.variant('task', [
  /** Candidates are asked for token by token (`candidates`). */
  v.strictObject({ task: v.literal('nextToken') }),
  /** `masks`: source tokens that are `[MASK]`. */
  v.strictObject({ task: v.literal('maskedToken'), masks: v.array(indexSchema) }),
  v.strictObject({
    task: v.literal('sequenceLabels'),
    /** `regression`: logits are the answer. `multi`: each label by itself (sigmoid). */
    kind: v.picklist(['single', 'multi', 'regression']),
    /** By label number. */
    logits: v.array(v.number()),
    /** Empty for a regression. */
    probabilities: v.array(v.number()),
  }),
  v.strictObject({
    task: v.literal('tokenLabels'),
    /** Likeliest label of each source token, and its probability. */
    labels: v.array(indexSchema),
    probabilities: v.array(v.number()),
  }),
  v.strictObject({
    task: v.literal('answerSpan'),
    /** Best spans first: source tokens `[first, last]`, both in the passage; product of both probabilities. */
    answers: v.array(
      v.strictObject({
        first: indexSchema,
        last: indexSchema,
        text: v.string(),
        probability: v.number(),
      }),
    ),
    /** Probability of each source token to begin, and to end, the answer. */
    starts: v.array(v.number()),
    ends: v.array(v.number()),
  }),
  v.strictObject({
    task: v.literal('replacedToken'),
    /** Probability of each source token to be a replacement (sigmoid). */
    probabilities: v.array(v.number()),
  }),
]);
export type Prediction = v.InferOutput<typeof predictionSchema>;
