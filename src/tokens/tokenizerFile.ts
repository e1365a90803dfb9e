import * as v from 'valibot';

/**
 * The parts of tokenizer.json that are read, as the Rust tokenizers library writes them. A part of an
 * unknown type makes the file unusable: guessing would give wrong ids silently.
 */

const flag = (byDefault: boolean) => v.optional(v.nullable(v.boolean()), byDefault);
const pattern = v.union([v.object({ String: v.string() }), v.object({ Regex: v.string() })]);
export type Pattern = v.InferOutput<typeof pattern>;

const flatNormalizer = v.variant('type', [
  v.object({
    type: v.literal('BertNormalizer'),
    clean_text: flag(true),
    handle_chinese_chars: flag(true),
    strip_accents: v.optional(v.nullable(v.boolean())),
    lowercase: flag(true),
  }),
  v.object({ type: v.literal('Strip'), strip_left: flag(true), strip_right: flag(true) }),
  v.object({ type: v.literal('StripAccents') }),
  v.object({ type: v.literal('Lowercase') }),
  v.object({ type: v.picklist(['NFC', 'NFD', 'NFKC', 'NFKD']) }),
  v.object({ type: v.literal('Nmt') }),
  v.object({ type: v.literal('ByteLevel') }),
  v.object({ type: v.literal('Prepend'), prepend: v.string() }),
  v.object({ type: v.literal('Replace'), pattern, content: v.string() }),
  v.object({ type: v.literal('Precompiled'), precompiled_charsmap: v.nullable(v.string()) }),
]);
export type NormalizerFile =
  | v.InferOutput<typeof flatNormalizer>
  | { type: 'Sequence'; normalizers: NormalizerFile[] };
const normalizer: v.GenericSchema<unknown, NormalizerFile> = v.lazy((input) =>
  isSequence(input)
    ? v.object({ type: v.literal('Sequence'), normalizers: v.array(normalizer) })
    : flatNormalizer,
);

const behavior = v.picklist([
  'Removed',
  'Isolated',
  'MergedWithPrevious',
  'MergedWithNext',
  'Contiguous',
]);
export type SplitBehavior = v.InferOutput<typeof behavior>;
const flatPreTokenizer = v.variant('type', [
  v.object({ type: v.literal('ByteLevel'), add_prefix_space: flag(true), use_regex: flag(true) }),
  v.object({
    type: v.literal('Metaspace'),
    replacement: v.optional(v.string(), '▁'),
    /** Older files say `add_prefix_space` instead. */
    prepend_scheme: v.optional(v.picklist(['always', 'first', 'never'])),
    add_prefix_space: v.optional(v.boolean()),
    split: flag(true),
  }),
  v.object({ type: v.literal('BertPreTokenizer') }),
  v.object({ type: v.literal('Whitespace') }),
  v.object({ type: v.literal('WhitespaceSplit') }),
  v.object({ type: v.literal('Punctuation'), behavior: v.optional(behavior, 'Isolated') }),
  v.object({ type: v.literal('Digits'), individual_digits: flag(false) }),
  v.object({ type: v.literal('CharDelimiterSplit'), delimiter: v.string() }),
  v.object({ type: v.literal('Split'), pattern, behavior, invert: flag(false) }),
  v.object({
    type: v.literal('FixedLength'),
    length: v.pipe(v.number(), v.integer(), v.minValue(1)),
  }),
]);
export type PreTokenizerFile =
  | v.InferOutput<typeof flatPreTokenizer>
  | { type: 'Sequence'; pretokenizers: PreTokenizerFile[] };
const preTokenizer: v.GenericSchema<unknown, PreTokenizerFile> = v.lazy((input) =>
  isSequence(input)
    ? v.object({ type: v.literal('Sequence'), pretokenizers: v.array(preTokenizer) })
    : flatPreTokenizer,
);

/** Far above any vocabulary there is (some 250,000); tables are as long as their highest id. */
const largestId = 2 ** 24;
const id = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(largestId));
const specialPair = v.tuple([v.string(), id]);
const typeId = v.optional(id, 0);
const places = v.array(
  v.union([
    v.object({ SpecialToken: v.object({ id: v.string(), type_id: typeId }) }),
    v.object({ Sequence: v.object({ id: v.picklist(['A', 'B']), type_id: typeId }) }),
  ]),
);
const template = v.object({
  type: v.literal('TemplateProcessing'),
  single: places,
  pair: v.optional(v.nullable(places)),
  special_tokens: v.record(v.string(), v.object({ ids: v.array(id), tokens: v.array(v.string()) })),
});
export type TemplateFile = v.InferOutput<typeof template>;
const flatPostProcessor = v.variant('type', [
  template,
  v.object({
    type: v.picklist(['BertProcessing', 'RobertaProcessing']),
    sep: specialPair,
    cls: specialPair,
    trim_offsets: flag(true),
    add_prefix_space: flag(true),
  }),
  /** Only moves offsets. */
  v.object({
    type: v.literal('ByteLevel'),
    trim_offsets: flag(true),
    add_prefix_space: flag(true),
  }),
]);
export type PostProcessorFile =
  | v.InferOutput<typeof flatPostProcessor>
  | { type: 'Sequence'; processors: PostProcessorFile[] };
const postProcessor: v.GenericSchema<unknown, PostProcessorFile> = v.lazy((input) =>
  isSequence(input)
    ? v.object({ type: v.literal('Sequence'), processors: v.array(postProcessor) })
    : flatPostProcessor,
);

const count = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0);
const flatDecoder = v.variant('type', [
  v.object({ type: v.literal('ByteLevel') }),
  v.object({ type: v.literal('ByteFallback') }),
  v.object({ type: v.literal('Fuse') }),
  v.object({
    type: v.literal('WordPiece'),
    prefix: v.optional(v.string(), '##'),
    cleanup: flag(true),
  }),
  v.object({
    type: v.literal('Metaspace'),
    replacement: v.optional(v.string(), '▁'),
    prepend_scheme: v.optional(v.picklist(['always', 'first', 'never'])),
    add_prefix_space: v.optional(v.boolean()),
  }),
  v.object({ type: v.literal('BPEDecoder'), suffix: v.optional(v.string(), '</w>') }),
  v.object({
    type: v.literal('CTC'),
    pad_token: v.string(),
    word_delimiter_token: v.string(),
    cleanup: flag(true),
  }),
  v.object({ type: v.literal('Replace'), pattern, content: v.string() }),
  v.object({ type: v.literal('Strip'), content: v.string(), start: count, stop: count }),
]);
export type FlatDecoderFile = v.InferOutput<typeof flatDecoder>;
export type DecoderFile = FlatDecoderFile | { type: 'Sequence'; decoders: DecoderFile[] };
const decoder: v.GenericSchema<unknown, DecoderFile> = v.lazy((input) =>
  isSequence(input)
    ? v.object({ type: v.literal('Sequence'), decoders: v.array(decoder) })
    : flatDecoder,
);

/** Not `v.record`: that leaves out keys like “constructor”, which are words of real vocabularies. */
export const vocabularySchema = v.custom<Record<string, number>>(
  (input) =>
    typeof input === 'object' &&
    input !== null &&
    Object.values(input).every((value) => v.is(id, value)),
  'The vocabulary is not a table of token numbers',
);
const model = v.variant('type', [
  v.object({
    type: v.literal('BPE'),
    vocab: vocabularySchema,
    merges: v.array(v.union([v.string(), v.tuple([v.string(), v.string()])])),
    unk_token: v.optional(v.nullable(v.string())),
    continuing_subword_prefix: v.optional(v.nullable(v.string())),
    end_of_word_suffix: v.optional(v.nullable(v.string())),
    fuse_unk: flag(false),
    byte_fallback: flag(false),
    ignore_merges: flag(false),
  }),
  v.object({
    type: v.literal('Unigram'),
    vocab: v.array(v.tuple([v.string(), v.number()])),
    unk_id: v.optional(v.nullable(id)),
    byte_fallback: flag(false),
  }),
  v.object({
    type: v.literal('WordPiece'),
    vocab: vocabularySchema,
    unk_token: v.string(),
    continuing_subword_prefix: v.optional(v.string(), '##'),
    max_input_chars_per_word: v.optional(v.number(), 100),
  }),
  v.object({ type: v.literal('WordLevel'), vocab: vocabularySchema, unk_token: v.string() }),
]);
export type ModelFile = v.InferOutput<typeof model>;

const addedToken = v.object({
  id,
  content: v.string(),
  single_word: flag(false),
  lstrip: flag(false),
  rstrip: flag(false),
  normalized: v.optional(v.boolean()),
  special: flag(false),
});
export type AddedTokenFile = v.InferOutput<typeof addedToken>;

export const tokenizerFileSchema = v.object({
  added_tokens: v.optional(v.nullable(v.array(addedToken))),
  normalizer: v.optional(v.nullable(normalizer)),
  pre_tokenizer: v.optional(v.nullable(preTokenizer)),
  post_processor: v.optional(v.nullable(postProcessor)),
  decoder: v.optional(v.nullable(decoder)),
  /** Only the side is of interest here: nothing is padded. */
  padding: v.fallback(
    v.optional(v.nullable(v.object({ direction: v.picklist(['Left', 'Right']) }))),
    null,
  ),
  /** Files of older versions leave the model's type out. */
  model: v.pipe(v.looseObject({}), v.transform(withModelType), model),
});
export type TokenizerFile = v.InferOutput<typeof tokenizerFileSchema>;

function withModelType(file: Record<string, unknown>): Record<string, unknown> {
  if (file['type'] !== undefined) return file;
  if (Array.isArray(file['vocab'])) return { ...file, type: 'Unigram' };
  if (file['merges'] !== undefined) return { ...file, type: 'BPE' };
  return {
    ...file,
    type: file['continuing_subword_prefix'] === undefined ? 'WordLevel' : 'WordPiece',
  };
}

function isSequence(input: unknown): boolean {
  return (
    typeof input === 'object' && input !== null && 'type' in input && input.type === 'Sequence'
  );
}
