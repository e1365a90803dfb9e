import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { characterBytes } from '../../src/tokens/bytes';

/** Any two of these are never merged the other way round: a vowel never begins a syllable. */
const SYLLABLES = [...'bcdfghjklmnpqrstvwxyz'].flatMap((consonant) =>
  [...'aeiou'].map((vowel) => consonant + vowel),
);
/** How byte-level vocabularies spell a space. */
const SPACE = 'Ġ';

/** What a token is merged of. */
type Merge = readonly [left: string, right: string];

/** A vocabulary: bytes, syllables, then words of one, of two and of three syllables, as far as there is room. */
function mergesOf(vocabulary: number): readonly Merge[] {
  const after = (merges: readonly Merge[]): Merge[] =>
    merges.flatMap(([left, right]) => SYLLABLES.map((syllable): Merge => [left + right, syllable]));
  const syllables = SYLLABLES.map((syllable): Merge => [syllable[0]!, syllable[1]!]);
  const short = SYLLABLES.map((syllable): Merge => [SPACE, syllable]);
  const longer = after(short);
  const room = vocabulary - characterBytes.size;
  return [...syllables, ...short, ...longer, ...after(longer)].slice(0, room);
}

/** Words that are a token each with the space before it. */
export const wordsOf = (vocabulary: number): readonly string[] =>
  mergesOf(vocabulary)
    .map(([left, right]) => left + right)
    .filter((token) => token.startsWith(SPACE))
    .map((token) => token.slice(SPACE.length));

/**
 * Writes a byte-level tokenizer of so many tokens beside a model with random weights: GPT-2's kind,
 * with words that nobody speaks.
 */
export async function writeTokenizer(folder: string, vocabulary: number): Promise<void> {
  const merges = mergesOf(vocabulary);
  const tokens = [...characterBytes.keys(), ...merges.map(([left, right]) => left + right)];
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true };
  const tokenizer = {
    version: '1.0',
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: { ...byteLevel, use_regex: true },
    post_processor: { ...byteLevel, use_regex: true },
    decoder: { ...byteLevel, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: '',
      end_of_word_suffix: '',
      fuse_unk: false,
      byte_fallback: false,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges: merges.map((merge) => merge.join(' ')),
    },
  };
  await writeFile(path.join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
}
