import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { Checkpoint } from '../../src/checkpoint/checkpoint';
import { ExpectedTensors } from '../../src/engine/expectedTensors';
import { NodeModelFolder } from '../../src/engine/nodeModelFolder';
import { assemble } from '../../src/transformer/assemble';
import { familyOf } from '../../src/transformer/families/familyOf';
import type { WeightNames } from '../../src/transformer/families/weightNames';
import {
  generationOptions,
  type GenerationOptions,
} from '../../src/transformer/generate/generationOptions';
import { tokenBatch, type TokenBatch } from '../../src/transformer/sequence';
import type { Transformer } from '../../src/transformer/transformer';
import type { WeightSource } from '../../src/transformer/weights';

const rows = v.array(v.array(v.number()));
const inputsSchema = v.object({
  input_ids: rows,
  attention_mask: v.optional(rows),
  token_type_ids: v.optional(rows),
  position_ids: v.optional(rows),
  decoder_input_ids: v.optional(rows),
  decoder_attention_mask: v.optional(rows),
});
const expectedSchema = v.object({
  suggested_atol: v.number(),
  /** Begins with “only” where rows of padding are left to the implementation. */
  compare_rows: v.string(),
  cases: v.record(
    v.string(),
    v.object({
      inputs: inputsSchema,
      outputs: v.optional(
        v.record(
          v.string(),
          v.object({ tensor: v.optional(v.string()), shape: v.array(v.number()) }),
        ),
        {},
      ),
      sequences: v.optional(rows),
    }),
  ),
  generation: v.optional(
    v.record(
      v.string(),
      v.object({
        input_ids: rows,
        attention_mask: v.optional(rows),
        max_new_tokens: v.optional(v.number()),
        sequences: rows,
        sequences_scores: v.optional(v.array(v.number())),
      }),
    ),
    {},
  ),
});
export type Reference = v.InferOutput<typeof expectedSchema>;
export type ReferenceInputs = v.InferOutput<typeof inputsSchema>;
export type ReferenceGeneration = Reference['generation'][string];

/** A checkpoint with the outputs that the reference implementation computed for it. */
export interface ReferenceModel {
  readonly model: Transformer;
  /** Only models that write have any. */
  readonly generation: () => GenerationOptions;
  readonly expected: Reference;
  readonly tensors: ExpectedTensors;
}

/** Changes what is read of a checkpoint, to compare a model with one whose weights differ. */
export type SourceChange = (source: WeightSource, names: WeightNames) => WeightSource;

export async function loadReference(
  directory: string,
  change: SourceChange = (source) => source,
): Promise<ReferenceModel> {
  const folder = new NodeModelFolder(path.resolve(directory));
  const json = async (name: string): Promise<Record<string, unknown> | null> => {
    const text = await folder.text(name);
    return text === null ? null : (JSON.parse(text) as Record<string, unknown>);
  };
  const configJson = (await json('config.json'))!;
  const generationJson = await json('generation_config.json');
  const family = familyOf(configJson);
  const checkpoint = await Checkpoint.open(folder);
  const { names } = checkpoint;
  const config = family.config(configJson, names);
  const weights = family.weights(config, names, configJson);
  const changed = change(checkpoint, weights);
  const model = await assemble(config, weights, changed, { aborted: false });
  await checkpoint.close();
  return {
    model,
    generation: () => generationOptions(config, configJson, generationJson),
    expected: await readExpected(directory),
    tensors: await ExpectedTensors.open(folder),
  };
}

export async function readExpected(directory: string): Promise<Reference> {
  const text = await readFile(path.join(directory, 'expected.json'), 'utf8');
  return v.parse(expectedSchema, JSON.parse(text));
}

/** The inputs of a case as the model takes them. */
export function batchesOf(inputs: ReferenceInputs): {
  readonly source: TokenBatch;
  readonly target: TokenBatch | null;
} {
  const { input_ids: source, decoder_input_ids: target } = inputs;
  return {
    source: tokenBatch(source, {
      mask: inputs.attention_mask,
      types: inputs.token_type_ids,
      positions: inputs.position_ids,
    }),
    target: target ? tokenBatch(target, { mask: inputs.decoder_attention_mask }) : null,
  };
}

/** Largest absolute difference; NaN or another length counts as infinite. */
export function maxAbs(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  return largest;
}
