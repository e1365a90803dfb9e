import { writeFile } from 'node:fs/promises';
import path from 'node:path';

const SPECIALS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];

/** Words that are one token each; entry i of the vocabulary is word i − 5. */
export const vocabularyWords = (vocabulary: number): string[] =>
  Array.from({ length: vocabulary - SPECIALS.length }, (_, i) => `w${i}`);

/** Gives a random encoder a tokenizer, so that it reads texts. */
export async function writeVocabulary(folder: string, vocabulary: number): Promise<void> {
  const entries = [...SPECIALS, ...vocabularyWords(vocabulary)];
  await writeFile(path.join(folder, 'vocab.txt'), `${entries.join('\n')}\n`);
  const config = { tokenizer_class: 'BertTokenizer' };
  await writeFile(path.join(folder, 'tokenizer_config.json'), JSON.stringify(config));
}
