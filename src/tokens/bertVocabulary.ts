import type { NamedDefaults } from './specialTokens';
import type { TokenizerFile } from './tokenizerFile';
import { requireToken, type VocabularyParts } from './vocabularyParts';

/** The special tokens of BERT, DistilBERT and ELECTRA. */
export const bertTokens: NamedDefaults = {
  unk_token: { content: '[UNK]' },
  sep_token: { content: '[SEP]' },
  pad_token: { content: '[PAD]' },
  cls_token: { content: '[CLS]' },
  mask_token: { content: '[MASK]' },
};

/** BERT's WordPiece over vocab.txt. It lower-cases unless it is told not to, as transformers does. */
export function bertFile(parts: VocabularyParts): TokenizerFile {
  const { vocabulary, added, config } = parts;
  return {
    added_tokens: [...added],
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: config.tokenize_chinese_chars ?? true,
      strip_accents: config.strip_accents ?? null,
      lowercase: config.do_lower_case ?? true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'BertProcessing',
      cls: requireToken(parts, 'cls_token'),
      sep: requireToken(parts, 'sep_token'),
      trim_offsets: false,
      add_prefix_space: false,
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    padding: null,
    model: {
      type: 'WordPiece',
      vocab: Object.fromEntries(vocabulary),
      unk_token: requireToken(parts, 'unk_token')[0],
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
    },
  };
}
