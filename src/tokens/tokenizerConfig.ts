import * as v from 'valibot';
import { Failure } from '../failure/failure';
import { parseObject } from './parseFiles';
import type { NamedRoles, PadSide } from './roles';

const flag = v.optional(v.nullable(v.boolean()));
const addedToken = v.object({
  content: v.string(),
  single_word: flag,
  lstrip: flag,
  rstrip: flag,
  normalized: flag,
  special: flag,
});
export type ConfiguredToken = v.InferOutput<typeof addedToken>;

/** A special token as the files write it: its spelling, or a table with it. */
const tokenOrSpelling = v.union([
  addedToken,
  v.pipe(
    v.string(),
    v.transform((content): ConfiguredToken => ({ content })),
  ),
]);
/** Null: the tokenizer has none. */
const named = v.fallback(v.optional(v.nullable(tokenOrSpelling)), undefined);
const namedTokens = v.object({
  mask_token: named,
  pad_token: named,
  unk_token: named,
  cls_token: named,
  sep_token: named,
  bos_token: named,
  eos_token: named,
  additional_special_tokens: v.fallback(v.optional(v.nullable(v.array(tokenOrSpelling))), null),
});
export type NamedTokens = v.InferOutput<typeof namedTokens>;

const commonFields = {
  ...namedTokens.entries,
  clean_up_tokenization_spaces: v.fallback(flag, null),
  padding_side: v.fallback(v.optional(v.picklist(['left', 'right'])), undefined),
  tokenizer_class: v.fallback(v.optional(v.string()), undefined),
};

/**
 * The fields of tokenizer_config.json that are read. Everything that decides ids and spans is in
 * tokenizer.json where there is one, for the Rust library and for us: then only
 * `clean_up_tokenization_spaces`, the padding side and the names of the special tokens count, as
 * transformers takes them after tokenising. The others describe a tokenizer without tokenizer.json.
 */
const configSchema = v.object({
  ...commonFields,
  do_lower_case: flag,
  strip_accents: flag,
  tokenize_chinese_chars: flag,
  add_prefix_space: flag,
  add_bos_token: flag,
  added_tokens_decoder: v.optional(v.record(v.string(), addedToken)),
});
export type TokenizerConfig = v.InferOutput<typeof configSchema>;

export function parseTokenizerConfig(
  folder: string,
  json: string | null,
  hasTokenizerJson: boolean,
): TokenizerConfig {
  const value = json === null ? {} : parseObject(folder, 'tokenizer_config.json', json);
  const parsed = v.safeParse(configSchema, value, { abortEarly: true });
  if (parsed.success) return parsed.output;
  // Beside tokenizer.json the fields that describe a tokenizer are not needed: no matter what they hold.
  if (hasTokenizerJson) return v.parse(v.object(commonFields), value);
  const [issue] = parsed.issues;
  const place = v.getDotPath(issue);
  const reason = `tokenizer_config.json${place ? `, ${place}` : ''}: ${issue.message}`;
  throw new Failure('tokenizer.invalid', { folder, reason });
}

/**
 * Special tokens by name. special_tokens_map.json counts only beside an older tokenizer_config.json,
 * one without `added_tokens_decoder`, and then before it: as transformers reads the two.
 */
export function namedTokensOf(
  folder: string,
  config: TokenizerConfig,
  specialTokensMapJson: string | null,
): NamedTokens {
  if (specialTokensMapJson === null || config.added_tokens_decoder) return config;
  const map = parseObject(folder, 'special_tokens_map.json', specialTokensMapJson);
  const given = Object.entries(v.parse(namedTokens, map)).filter(([name]) => name in map);
  return { ...config, ...Object.fromEntries(given) };
}

export function rolesInConfig(tokens: NamedTokens): NamedRoles {
  const spelling = (token: ConfiguredToken | null | undefined): string | undefined =>
    token?.content;
  return {
    mask: spelling(tokens.mask_token),
    pad: spelling(tokens.pad_token),
    unk: spelling(tokens.unk_token),
    cls: spelling(tokens.cls_token),
    sep: spelling(tokens.sep_token),
    bos: spelling(tokens.bos_token),
    eos: spelling(tokens.eos_token),
  };
}

/** Tokenizers whose texts are filled up on the left although their files do not say so. */
const PAD_LEFT = /^(Code)?(Llama|XLNet|Gemma|Cohere)Tokenizer(Fast)?$/;

/** The side a batch is filled up on: what the configuration says, then tokenizer.json, then its class. */
export function padSideOf(config: TokenizerConfig, direction: PadSide | null): PadSide {
  const usual = PAD_LEFT.test(config.tokenizer_class ?? '') ? 'left' : 'right';
  return config.padding_side ?? direction ?? usual;
}
