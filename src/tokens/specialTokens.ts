import { Failure } from '../failure/failure';
import { parseVocabulary } from './parseFiles';
import type { ConfiguredToken, NamedTokens, TokenizerConfig } from './tokenizerConfig';
import type { AddedTokenFile } from './tokenizerFile';

/** The named special tokens, in the order in which transformers adds them to a vocabulary. */
const ORDER = [
  'bos_token',
  'eos_token',
  'unk_token',
  'sep_token',
  'pad_token',
  'cls_token',
  'mask_token',
] as const;
export type TokenName = (typeof ORDER)[number];
export type NamedDefaults = Readonly<Partial<Record<TokenName, ConfiguredToken>>>;

/** A tokenizer's special tokens by name, those of its class where the files say nothing. */
export function withDefaults(named: NamedTokens, defaults: NamedDefaults): NamedDefaults {
  const tokens: Partial<Record<TokenName, ConfiguredToken>> = {};
  for (const name of ORDER) {
    const own = named[name];
    const token = own === undefined ? defaults[name] : own;
    if (!token) continue;
    // A bare spelling gets the class's ways: `<mask>` swallows the space before it.
    tokens[name] = { ...(isBare(token) && defaults[name]), ...token };
  }
  return tokens;
}

const isBare = (token: ConfiguredToken): boolean => Object.keys(token).length === 1;

/** What the files beside a bare vocabulary say about tokens. */
export interface TokenSources {
  readonly folder: string;
  readonly config: TokenizerConfig;
  readonly named: NamedTokens;
  readonly tokens: NamedDefaults;
  readonly addedTokensJson: string | null;
}

/**
 * The added tokens of a vocabulary without tokenizer.json: those with numbers of their own
 * (`added_tokens_decoder`, else added_tokens.json), then the special ones. One that the vocabulary
 * lacks is put behind it; one that no file names and the vocabulary lacks does not exist.
 */
export function addedTokensOf(
  sources: TokenSources,
  vocabulary: ReadonlyMap<string, number>,
): AddedTokenFile[] {
  const { folder, named, tokens } = sources;
  const specials = [
    ...ORDER.flatMap((name) => (tokens[name] ? [{ token: tokens[name], own: !!named[name] }] : [])),
    ...(named.additional_special_tokens ?? []).map((token) => ({ token, own: true })),
  ];
  const spellings = new Set(specials.map(({ token }) => token.content));
  const added = new Map<string, AddedTokenFile>();
  let next = vocabulary.size;
  const add = (token: ConfiguredToken, wanted: number | null): void => {
    const id = added.get(token.content)?.id ?? vocabulary.get(token.content) ?? next;
    if (wanted !== null && wanted !== id) {
      const reason = `its token ${token.content} has the numbers ${wanted} and ${id}`;
      throw new Failure('tokenizer.invalid', { folder, reason });
    }
    next = Math.max(next, id + 1);
    const special = token.special === true || spellings.has(token.content);
    added.set(token.content, fileOf(token, id, special));
  };
  for (const { token, id } of numbered(sources, spellings)) add(token, id);
  for (const { token, own } of specials)
    if (!added.has(token.content) && (own || vocabulary.has(token.content))) add(token, null);
  return [...added.values()];
}

function numbered(
  { folder, config, addedTokensJson }: TokenSources,
  spellings: ReadonlySet<string>,
): { readonly token: ConfiguredToken; readonly id: number }[] {
  const inFile = addedTokensJson
    ? parseVocabulary(folder, 'added_tokens.json', addedTokensJson)
    : new Map<string, number>();
  const found = config.added_tokens_decoder
    ? Object.entries(config.added_tokens_decoder).map(([id, token]) => ({ token, id: Number(id) }))
    : [...inFile].map(([content, id]) => ({
        token: { content, normalized: !spellings.has(content) },
        id,
      }));
  return found.sort((a, b) => a.id - b.id);
}

const fileOf = (token: ConfiguredToken, id: number, special: boolean): AddedTokenFile => ({
  id,
  content: token.content,
  single_word: token.single_word ?? false,
  lstrip: token.lstrip ?? false,
  rstrip: token.rstrip ?? false,
  normalized: token.normalized ?? !special,
  special,
});
