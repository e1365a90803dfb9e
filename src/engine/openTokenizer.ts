import type { ModelFolder } from '../checkpoint/modelFolder';
import { Failure } from '../failure/failure';
import { Tokenizer } from '../tokens/tokenizer';

/**
 * How many entries a model's vocabulary may be larger than its tokenizer's: tables are padded up to a
 * multiple of 64 or 128 for speed. A greater gap means the tokenizer of another model.
 */
const VOCABULARY_PADDING = 256;

/**
 * The tokenizer of a model folder, or why there is none to be had: a model without one, or with one
 * that does not fit, still runs on token ids. The failure is thrown when a text asks for it.
 */
export async function openTokenizer(
  folder: ModelFolder,
  vocabulary: number,
): Promise<Tokenizer | Failure> {
  try {
    const tokenizerJson = await folder.text('tokenizer.json');
    if (tokenizerJson === null) return new Failure('tokenizer.missing', { folder: folder.path });
    const tokenizerConfigJson = await folder.text('tokenizer_config.json');
    const files = { folder: folder.path, tokenizerJson, tokenizerConfigJson };
    const tokenizer = Tokenizer.fromFiles(files);
    const { size } = tokenizer;
    if (size <= vocabulary && size + VOCABULARY_PADDING >= vocabulary) return tokenizer;
    return new Failure('tokenizer.foreign', { tokens: size, vocabulary, folder: folder.path });
  } catch (error) {
    return Failure.from(error);
  }
}
