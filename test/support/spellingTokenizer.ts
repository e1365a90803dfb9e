/** Letters and marks that have tokens. */
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const MARKS = ['.', ',', '?'];
export const SPECIALS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];

/**
 * A tokenizer.json of 60 tokens, small enough for every tiny model: WordPiece that spells each word,
 * a letter a token (`c ##a ##t`).
 * @param template with BERT's special tokens, and pairs; otherwise neither
 */
export function spellingTokenizer(template: boolean): string {
  const pieces = [...SPECIALS, ...MARKS, ...LETTERS, ...LETTERS.map((letter) => `##${letter}`)];
  const vocab = Object.fromEntries(pieces.map((piece, id) => [piece, id]));
  const special = (id: string, type_id: number) => ({ SpecialToken: { id, type_id } });
  const sequence = (id: string, type_id: number) => ({ Sequence: { id, type_id } });
  const single = [special('[CLS]', 0), sequence('A', 0), special('[SEP]', 0)];
  const described = (id: string) => ({ id, ids: [vocab[id]], tokens: [id] });
  return JSON.stringify({
    version: '1.0',
    added_tokens: SPECIALS.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: template
      ? {
          type: 'TemplateProcessing',
          single,
          pair: [...single, sequence('B', 1), special('[SEP]', 1)],
          special_tokens: { '[CLS]': described('[CLS]'), '[SEP]': described('[SEP]') },
        }
      : null,
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab,
    },
  });
}
