import * as v from 'valibot';
import { indexSchema } from './address';
import { kernelChoiceSchema } from './engineOptions';
import { failureSchema } from './failureSchema';
import { previewChoiceSchema, previewErrorSchema } from './preview';
import { querySchema } from './queries';
import {
  layerAddressSchema,
  modelSummarySchema,
  planSchema,
  predictionSchema,
  traceIdSchema,
  writtenTokenSchema,
} from './trace';
import { pictureSchema } from './wireTensor';
import { beamStepSchema, hypothesisSchema, searchSchema, writingSchema } from './writing';

/** Correlates an answer with its request. */
export const requestIdSchema = indexSchema;

/** One run of a model on a text. */
export const runSchema = v.strictObject({
  type: v.literal('run'),
  trace: traceIdSchema,
  /** Absolute path of the model folder. */
  model: v.string(),
  text: v.string(),
  /** A second text: what a question is asked about. Null: one text. */
  pair: v.nullable(v.string()),
  /** Language tag (`fra`, `cmn`) to put first, or null. */
  language: v.nullable(v.string()),
  /** How the model is to write; null: an encoder–decoder greedily, others not at all. */
  writing: v.nullable(writingSchema),
  /** Longest text the model saw in training, if known: beyond it the plan carries a notice. */
  trainedTokens: v.nullable(indexSchema),
  /** Whether 8-bit weights may read the text first. */
  preview: previewChoiceSchema,
});
export type Run = v.InferOutput<typeof runSchema>;

/** Host → engine. */
export const toEngineSchema = v.variant('type', [
  runSchema,
  v.strictObject({ type: v.literal('cancel'), trace: traceIdSchema }),
  /** The viewer can take this many more pictures of the trace. */
  v.strictObject({ type: v.literal('credit'), trace: traceIdSchema, pictures: indexSchema }),
  /** The viewer starts anew: outstanding credit is void and every picture there is will be sent again. */
  v.strictObject({ type: v.literal('repaint'), trace: traceIdSchema }),
  /** Nobody looks at the trace any more: cancel it if it runs, and free it. */
  v.strictObject({
    type: v.literal('release'),
    trace: traceIdSchema,
    /** A run takes its place next, and may begin with the same tokens. */
    again: v.exactOptional(v.literal(true)),
  }),
  v.strictObject({
    type: v.literal('query'),
    request: requestIdSchema,
    trace: traceIdSchema,
    query: querySchema,
  }),
  /** Loads a model without running it. Answered by `progress` and `model`. */
  v.strictObject({ type: v.literal('describe'), request: requestIdSchema, model: v.string() }),
  /** Has a model write from a text, of which nothing is captured. Answered by `wrote`. */
  v.strictObject({
    type: v.literal('write'),
    request: requestIdSchema,
    model: v.string(),
    text: v.string(),
    language: v.nullable(v.string()),
    writing: v.nullable(writingSchema),
  }),
  /** A model need not be loaded, a study or a text not be made after all: it is refused with `run.cancelled`. */
  v.strictObject({ type: v.literal('withdraw'), request: requestIdSchema }),
  v.strictObject({ type: v.literal('selfTest'), request: requestIdSchema, model: v.string() }),
  v.strictObject({ type: v.literal('ping'), request: requestIdSchema }),
  /** Somebody types just now; said again and again while it is so. */
  v.strictObject({ type: v.literal('typing') }),
]);
export type ToEngine = v.InferOutput<typeof toEngineSchema>;

/** Counts that must return to base after every run, cancelled ones too. */
export const engineMemorySchema = v.strictObject({
  /** Tensors alive in tfjs. */
  tensors: indexSchema,
  /** Of these, the weights of loaded models. */
  weights: indexSchema,
  /** Of these, keys and values kept for a text that begins alike: tensors − weights − kept = 0 between runs. */
  kept: indexSchema,
  /** Bytes that traces hold outside tfjs. */
  traceBytes: indexSchema,
  traces: indexSchema,
});
export type EngineMemory = v.InferOutput<typeof engineMemorySchema>;

export const selfTestReportSchema = v.strictObject({
  backend: v.string(),
  kernels: kernelChoiceSchema,
  /** Threads that compute. */
  threads: indexSchema,
  simd: v.boolean(),
  threadsAvailable: v.boolean(),
  sharedArrayBuffer: v.boolean(),
  relaxedSimd: v.boolean(),
  cores: indexSchema,
  node: v.string(),
  tfjs: v.string(),
  model: v.string(),
  /** One entry a stored tensor of the model's expected outputs. */
  parity: v.array(v.strictObject({ tensor: v.string(), maxAbs: v.number() })),
  /** Largest difference allowed. */
  tolerance: v.number(),
  generationEqual: v.boolean(),
  leakedTensors: v.number(),
  milliseconds: v.number(),
  passed: v.boolean(),
});
export type SelfTestReport = v.InferOutput<typeof selfTestReportSchema>;

/** Events of a running trace, in the order they happen. All but `picture` are small and always sent. */
export const traceEventSchema = v.variant('type', [
  /** The model is being read; `fraction` of its bytes. */
  v.strictObject({ type: v.literal('loading'), trace: traceIdSchema, fraction: v.number() }),
  v.strictObject({ type: v.literal('planned'), trace: traceIdSchema, plan: planSchema }),
  /** A layer's attention over the reader's text exists approximately; `layer` follows with the exact one. */
  v.strictObject({
    type: v.literal('previewed'),
    trace: traceIdSchema,
    layer: layerAddressSchema,
    milliseconds: v.number(),
  }),
  /** A layer's attention over the reader's text exists: of the encoder, or of a model that is but a decoder. */
  v.strictObject({
    type: v.literal('layer'),
    trace: traceIdSchema,
    layer: layerAddressSchema,
    milliseconds: v.number(),
    /** Where it took the place of an approximate one. */
    previewError: v.exactOptional(previewErrorSchema),
  }),
  /** An output token is written; all decoder and cross layers have one more query. */
  v.strictObject({
    type: v.literal('token'),
    trace: traceIdSchema,
    written: writtenTokenSchema,
    /** The text of all tokens written so far. */
    output: v.string(),
  }),
  /** A beam search took a step; its tokens come when it has ended. */
  v.strictObject({ type: v.literal('searched'), trace: traceIdSchema, step: beamStepSchema }),
  /** It has ended: what it came to, best first. The first one is read again and captured. */
  v.strictObject({
    type: v.literal('found'),
    trace: traceIdSchema,
    hypotheses: v.array(hypothesisSchema),
  }),
  /** What a model with a task says of the text, after its last layer. */
  v.strictObject({
    type: v.literal('predicted'),
    trace: traceIdSchema,
    prediction: predictionSchema,
  }),
  /** All heads of a layer, pooled for the overview: always a full snapshot. Costs one credit. */
  v.strictObject({
    type: v.literal('picture'),
    trace: traceIdSchema,
    layer: layerAddressSchema,
    picture: pictureSchema,
  }),
  v.strictObject({
    type: v.literal('finished'),
    trace: traceIdSchema,
    outcome: v.picklist(['complete', 'cancelled', 'failed']),
    failure: v.nullable(failureSchema),
    /** Output text decoded from the tokens written so far. */
    output: v.string(),
    milliseconds: v.number(),
    memory: engineMemorySchema,
  }),
  /** The trace left memory to keep the byte budget. */
  v.strictObject({ type: v.literal('evicted'), trace: traceIdSchema }),
]);
export type TraceEvent = v.InferOutput<typeof traceEventSchema>;

/** Engine → host. */
export const fromEngineSchema = v.union([
  traceEventSchema,
  v.variant('type', [
    /** The engine is up; `notice` says so if it fell back to a slower backend. */
    v.strictObject({
      type: v.literal('up'),
      backend: v.string(),
      notice: v.nullable(failureSchema),
    }),
    /** Something about the engine that the reader should know of. */
    v.strictObject({ type: v.literal('notice'), notice: failureSchema }),
    /** `value` is validated against the answer schema of the question asked. */
    v.strictObject({ type: v.literal('answer'), request: requestIdSchema, value: v.unknown() }),
    v.strictObject({
      type: v.literal('refused'),
      request: requestIdSchema,
      failure: failureSchema,
    }),
    /** How far what was asked for is: of a model the bytes read, of a study its passes. */
    v.strictObject({
      type: v.literal('progress'),
      request: requestIdSchema,
      fraction: v.number(),
    }),
    v.strictObject({
      type: v.literal('model'),
      request: requestIdSchema,
      model: modelSummarySchema,
      /** What its files ask for when it writes. Absent: it writes nothing, or they ask for what is not built. */
      search: v.exactOptional(searchSchema),
    }),
    v.strictObject({
      type: v.literal('wrote'),
      request: requestIdSchema,
      output: v.string(),
      tokens: indexSchema,
      /** Sum of the logarithms of the tokens' probabilities. */
      logProbability: v.number(),
      /** False: it was cut off. */
      ended: v.boolean(),
    }),
    v.strictObject({
      type: v.literal('selfTest'),
      request: requestIdSchema,
      report: selfTestReportSchema,
    }),
    v.strictObject({
      type: v.literal('pong'),
      request: requestIdSchema,
      memory: engineMemorySchema,
    }),
  ]),
]);
export type FromEngine = v.InferOutput<typeof fromEngineSchema>;
