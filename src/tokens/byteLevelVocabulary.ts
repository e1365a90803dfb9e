import { Failure } from '../failure/failure';
import type { NamedDefaults } from './specialTokens';
import type { PostProcessorFile, PreTokenizerFile, TokenizerFile } from './tokenizerFile';
import { requireToken, type VocabularyParts } from './vocabularyParts';

const endOfText = { content: '<|endoftext|>' };

export const gpt2Tokens: NamedDefaults = {
  bos_token: endOfText,
  eos_token: endOfText,
  unk_token: endOfText,
};

export const qwen2Tokens: NamedDefaults = {
  eos_token: endOfText,
  unk_token: endOfText,
  pad_token: endOfText,
};

/** The special tokens of RoBERTa and BART. Their mask swallows the space before it, like a word's. */
export const robertaTokens: NamedDefaults = {
  bos_token: { content: '<s>' },
  eos_token: { content: '</s>' },
  unk_token: { content: '<unk>' },
  sep_token: { content: '</s>' },
  pad_token: { content: '<pad>' },
  cls_token: { content: '<s>' },
  mask_token: { content: '<mask>', lstrip: true, normalized: false },
};

export type ByteLevelKind = 'gpt2' | 'roberta' | 'qwen2';

/** Qwen2's cut: like GPT-2's, but single digits, and line breaks stay with the signs before them. */
const qwen2Cut =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

/** Byte-level BPE over vocab.json and merges.txt. */
export function byteLevelFile(
  kind: ByteLevelKind,
  parts: VocabularyParts & { readonly merges: string },
): TokenizerFile {
  const isQwen2 = kind === 'qwen2';
  return {
    added_tokens: [...parts.added],
    normalizer: isQwen2 ? { type: 'NFC' } : null,
    pre_tokenizer: isQwen2 ? qwen2PreTokenizer : byteLevel(parts),
    post_processor: postProcessor(kind, parts),
    decoder: { type: 'ByteLevel' },
    padding: null,
    model: {
      type: 'BPE',
      vocab: Object.fromEntries(parts.vocabulary),
      merges: isQwen2 ? qwen2Merges(parts) : gpt2Merges(parts),
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
    },
  };
}

const byteLevel = ({ config }: VocabularyParts): PreTokenizerFile => ({
  type: 'ByteLevel',
  add_prefix_space: config.add_prefix_space ?? false,
  use_regex: true,
});

const qwen2PreTokenizer: PreTokenizerFile = {
  type: 'Sequence',
  pretokenizers: [
    { type: 'Split', pattern: { Regex: qwen2Cut }, behavior: 'Isolated', invert: false },
    { type: 'ByteLevel', add_prefix_space: false, use_regex: false },
  ],
};

function postProcessor(kind: ByteLevelKind, parts: VocabularyParts): PostProcessorFile {
  if (kind === 'roberta') {
    const cls = requireToken(parts, 'cls_token');
    const sep = requireToken(parts, 'sep_token');
    const add_prefix_space = parts.config.add_prefix_space ?? false;
    return { type: 'RobertaProcessing', cls, sep, trim_offsets: true, add_prefix_space };
  }
  if (kind === 'qwen2' || !parts.config.add_bos_token) {
    return { type: 'ByteLevel', trim_offsets: false, add_prefix_space: false };
  }
  const [piece, id] = requireToken(parts, 'bos_token');
  const bos = { SpecialToken: { id: piece, type_id: 0 } };
  const text = { Sequence: { id: 'A' as const, type_id: 0 } };
  return {
    type: 'TemplateProcessing',
    single: [bos, text],
    pair: [bos, text, { Sequence: { id: 'B', type_id: 1 } }],
    special_tokens: { [piece]: { ids: [id], tokens: [piece] } },
  };
}

/** The first line is a header, whatever it says, and what follows the last line break is not read. */
function gpt2Merges({ folder, merges }: Merges): [string, string][] {
  return linesOf(merges)
    .slice(1, -1)
    .map((line) => pairOf(folder, line));
}

function qwen2Merges({ folder, merges }: Merges): [string, string][] {
  return linesOf(merges)
    .filter((line, index) => line.trim() !== '' && !(index === 0 && line.startsWith('#version:')))
    .map((line) => pairOf(folder, line));
}

interface Merges {
  readonly folder: string;
  readonly merges: string;
}

const linesOf = (text: string): string[] => text.split(/\r\n|\r|\n/);

function pairOf(folder: string, line: string): [string, string] {
  const [left, right, ...more] = line.trim().split(/\s+/);
  if (left && right && more.length === 0) return [left, right];
  const reason = `merges.txt holds the line ${JSON.stringify(line)}, which is no pair`;
  throw new Failure('tokenizer.invalid', { folder, reason });
}
