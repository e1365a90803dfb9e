import * as v from 'valibot';
import { halfSchema, indexSchema } from './address';
import { taskSchema } from './trace';

/** One stack of blocks, as far as figure 1 draws it and the summary does not tell. */
const stackStructureSchema = v.strictObject({
  embedding: v.strictObject({
    vocabulary: indexSchema,
    /** Width of the token table. */
    width: indexSchema,
    /** Factor on token embeddings: √d_model (paper section 3.4), else 1. */
    scale: v.number(),
    /** Rows of the position table that is added; null: positions act elsewhere. */
    positions: v.nullable(indexSchema),
    /** Rows of the table of kinds (first text, second text) that is added; 0: there is none. */
    types: indexSchema,
    /** The sum is normalised. */
    normalised: v.boolean(),
    /** Where a projection to d_model stands, if the table has another width. */
    projected: v.nullable(v.picklist(['tokens', 'sum'])),
  }),
  norm: v.picklist(['layer', 'rms']),
  /** Both sub-layers read one and the same normalised stream (GPT-J). */
  sharesNorm: v.boolean(),
  /** A norm after the last block. */
  finalNorm: v.boolean(),
  /** Width that the output is projected to before the head; null: it stays. */
  outProjection: v.nullable(indexSchema),
  /** Blocks that have weights of their own: fewer than layers where some are shared (ALBERT). */
  distinctBlocks: indexSchema,
});

/** From the last stack's output to the model's answer. */
const headStructureSchema = v.strictObject({
  task: taskSchema,
  /** Every position, or the first one for the whole text. */
  reads: v.picklist(['all', 'first']),
  /** A dense layer before the output. */
  transform: v.nullable(v.strictObject({ width: indexSchema, normalised: v.boolean() })),
  /** Logits; null: the dense layer's output is the answer (a pooler). */
  outputs: v.nullable(indexSchema),
  tied: v.boolean(),
  /** What makes probabilities of the logits; null: nothing does. */
  probabilities: v.nullable(v.picklist(['softmax', 'sigmoid'])),
});

export const parameterPartSchema = v.picklist([
  'tokens',
  'positions',
  'types',
  'embeddingNorm',
  'embeddingProjection',
  'relativeBias',
  'attention',
  'cross',
  'feedForward',
  'norms',
  'finalNorm',
  'outProjection',
  'headTransform',
  'output',
]);
export type ParameterPart = v.InferOutput<typeof parameterPartSchema>;

/** How a model is built, from its configuration and the tensors it read. */
export const structureSchema = v.strictObject({
  encoder: v.nullable(stackStructureSchema),
  decoder: v.nullable(stackStructureSchema),
  head: v.nullable(headStructureSchema),
  /** Both stacks read one token table. */
  sharedEmbeddings: v.boolean(),
  /** Numbers in the tensors that each part read, each tensor counted where it is first used; in the order of computing. */
  parameters: v.array(
    v.strictObject({
      part: parameterPartSchema,
      /** Null: of the head. */
      half: v.nullable(halfSchema),
      count: indexSchema,
    }),
  ),
  /** Numbers in tensors of the checkpoint that the model does not use. */
  unusedParameters: indexSchema,
});
export type Structure = v.InferOutput<typeof structureSchema>;
export type StackStructure = v.InferOutput<typeof stackStructureSchema>;

/** What may be asked about the model of a trace. */
export const structureQueries = {
  structure: { question: v.strictObject({}), answer: structureSchema },
} as const;
