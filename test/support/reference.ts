import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { Checkpoint } from '../../src/checkpoint/checkpoint';
import { ExpectedTensors } from '../../src/engine/expectedTensors';
import { NodeModelFolder } from '../../src/engine/nodeModelFolder';
import { assemble } from '../../src/transformer/assemble';
import type { EncoderDecoder } from '../../src/transformer/encoderDecoder';
import { familyOf } from '../../src/transformer/families/familyOf';
import {
  generationOptions,
  type GenerationOptions,
} from '../../src/transformer/generate/generationOptions';

const rows = v.array(v.array(v.number()));
const inputsSchema = v.object({
  input_ids: rows,
  attention_mask: rows,
  decoder_input_ids: rows,
  decoder_attention_mask: v.optional(rows),
});
const expectedSchema = v.object({
  cases: v.record(
    v.string(),
    v.object({
      inputs: inputsSchema,
      outputs: v.record(v.string(), v.object({ tensor: v.optional(v.string()) })),
      sequences: v.optional(rows),
    }),
  ),
  generation: v.optional(
    v.record(
      v.string(),
      v.object({
        input_ids: rows,
        sequences: rows,
        sequences_scores: v.optional(v.array(v.number())),
      }),
    ),
    {},
  ),
});
export type Reference = v.InferOutput<typeof expectedSchema>;

/** A checkpoint with the outputs that the reference implementation computed for it. */
export interface ReferenceModel {
  readonly model: EncoderDecoder;
  readonly generation: GenerationOptions;
  readonly expected: Reference;
  readonly tensors: ExpectedTensors;
}

/** The reference models of the repository: the paper's layout, Marian's, and the built-in model. */
export const REFERENCE_FOLDERS = [
  'test/fixtures/reference/aiayn',
  'test/fixtures/reference/marian',
  'media/models/translate-en',
];

export async function loadReference(directory: string): Promise<ReferenceModel> {
  const folder = new NodeModelFolder(path.resolve(directory));
  const json = async (name: string): Promise<Record<string, unknown> | null> => {
    const text = await folder.text(name);
    return text === null ? null : (JSON.parse(text) as Record<string, unknown>);
  };
  const configJson = (await json('config.json'))!;
  const family = familyOf(configJson);
  const config = family.config(configJson);
  const checkpoint = await Checkpoint.open(folder);
  const source = {
    has: (name: string) => checkpoint.names.has(name),
    read: (name: string, shape: readonly number[]) => checkpoint.read(name, shape),
  };
  const model = await assemble(config, family.weights(config), source, { aborted: false });
  await checkpoint.close();
  return {
    model,
    generation: generationOptions(config, configJson, await json('generation_config.json')),
    expected: v.parse(
      expectedSchema,
      JSON.parse(await readFile(path.join(directory, 'expected.json'), 'utf8')),
    ),
    tensors: await ExpectedTensors.open(folder),
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
