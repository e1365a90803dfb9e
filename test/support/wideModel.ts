import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeCheckpoint } from '../bench/randomCheckpoint';
import { spellingTokenizer } from './spellingTokenizer';

/** Layers of either model. */
export const WIDE_LAYERS = 3;

/**
 * A model with random weights that takes its time, and a tokenizer to which each letter is a token: an
 * encoder without a task, or a decoder that says next tokens.
 * @returns its folder within `directory`
 */
export async function wideModel(directory: string, family: 'bert' | 'gpt2'): Promise<string> {
  const folder = await writeCheckpoint(directory, {
    name: `wide-${family}`,
    title: `${family}, ${WIDE_LAYERS} × 512`,
    family,
    layers: WIDE_LAYERS,
    width: 512,
    heads: 4,
    feedForward: 2048,
    vocabulary: 60,
  });
  await writeFile(path.join(folder, 'tokenizer.json'), spellingTokenizer(family === 'bert'));
  return folder;
}
