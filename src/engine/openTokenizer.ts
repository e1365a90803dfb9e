import { checkJsonBounds } from '../checkpoint/jsonBounds';
import type { ModelFolder } from '../checkpoint/modelFolder';
import { Failure } from '../failure/failure';
import { Tokenizer } from '../tokens/tokenizer';
import { readTokenizerFiles, type TokenizerFolder } from '../tokens/tokenizerFiles';

/**
 * How much larger a model's vocabulary may be than its tokenizer's: tables are padded up to a multiple
 * of 64 to 512 for speed, and leave room for tokens to come, so large ones (Qwen's) by up to 1 %. A
 * greater gap means the tokenizer of another model.
 */
const VOCABULARY_PADDING = 256;
const VOCABULARY_PADDING_SHARE = 0.01;
/** Longest tokenizer file read: the largest in use are near 35 MB. */
const MAX_TOKENIZER_BYTES = 128 << 20;
/** Most values in one: the largest have two million (250,000 tokens, 500,000 merges of two parts each). */
const MAX_TOKENIZER_VALUES = 8_000_000;

/**
 * The tokenizer of a model folder, or why there is none to be had: a model without one, or with one
 * that does not fit, still runs on token ids. The failure is thrown when a text asks for it.
 */
export async function openTokenizer(
  folder: ModelFolder,
  vocabulary: number,
): Promise<Tokenizer | Failure> {
  try {
    const tokenizer = Tokenizer.fromFiles(await readTokenizerFiles(bounded(folder)));
    const { size } = tokenizer;
    const padding = Math.max(VOCABULARY_PADDING, vocabulary * VOCABULARY_PADDING_SHARE);
    if (size <= vocabulary && size + padding >= vocabulary) return tokenizer;
    return new Failure('tokenizer.foreign', { tokens: size, vocabulary, folder: folder.path });
  } catch (error) {
    return Failure.from(error);
  }
}

/** The folder, with every text held against its limits before it is parsed. */
function bounded(folder: ModelFolder): TokenizerFolder {
  return {
    path: folder.path,
    list: () => folder.list(),
    text: async (name) => {
      const text = await folder.text(name, MAX_TOKENIZER_BYTES);
      if (text !== null && name.endsWith('.json'))
        checkJsonBounds(name, text, MAX_TOKENIZER_VALUES);
      return text;
    },
  };
}
