import { Failure, type WireFailure } from '../failure/failure';
import { MAX_TEXT_CHARACTERS } from '../protocol/limits';
import type { Token } from '../protocol/trace';
import { withoutPrefixMark } from '../tokens/prefixMark';
import type { Encoding } from '../tokens/tokenizer';
import { withMarks } from '../tokens/withMarks';
import { tokenBatch, type TokenBatch } from '../transformer/sequence';
import { languageInText, languagesOf } from './languages';
import type { LoadedModel } from './loadedModel';

/** A text, or two, with what the reader chose. */
export interface TextRequest {
  readonly text: string;
  readonly pair: string | null;
  readonly language: string | null;
  /** Longest text the model saw in training, if known. */
  readonly trainedTokens: number | null;
}

/** A text as the model will read it. */
export interface PreparedText {
  readonly source: readonly Token[];
  /** What kind of token each is (BERT's first and second text); null: the model knows no kinds. */
  readonly typeIds: readonly number[] | null;
  /** Language whose token comes first, or null. */
  readonly language: string | null;
  readonly notices: readonly WireFailure[];
}

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/**
 * Turns a text into tokens, with the language token first if one is asked for.
 * @throws Failure `text.*` for every text that the model cannot read as it stands, `tokenizer.*`
 */
export function prepareText(model: LoadedModel, request: TextRequest): PreparedText {
  const { text, pair, language, trainedTokens } = request;
  for (const one of pair === null ? [text] : [text, pair]) checkText(one);
  const { tokenizer, summary } = model;
  const ownLanguage = languageInText(text);
  const wanted = ownLanguage ?? language;
  const languageToken =
    wanted === null || (ownLanguage !== null && summary.languages.length === 0)
      ? null
      : languageTokenOf(model, wanted);
  const encoding = tokenizer.encode(text, { special: true, pair });
  if (pair !== null && !keepsPairsApart(model, text, encoding))
    throw new Failure('tokenizer.noPair', { folder: model.folder });
  const source = tokensOf(encoding, [text, pair ?? ''], tokenizer.roles.mask);
  const addsLanguage = languageToken !== null && ownLanguage === null;
  if (addsLanguage) source.unshift(languageToken);
  const { positions, trainedPositions } = summary;
  if (positions !== null && source.length > positions) {
    throw new Failure('text.tooManyTokens', { tokens: source.length, limit: positions });
  }
  const notices: WireFailure[] = [];
  const trained = trainedTokens ?? trainedPositions;
  // A limit of the makers may be reached; one that positions set would be another failure.
  const beyond = trained !== null && source.length >= trained + (trainedTokens === null ? 1 : 0);
  if (beyond) {
    const args = { tokens: source.length, limit: trained };
    notices.push(new Failure('notice.beyondTraining', args).toWire());
  }
  const typeIds = typeIdsOf(model, encoding);
  return {
    source,
    typeIds: typeIds && addsLanguage ? [0, ...typeIds] : typeIds,
    language: languageToken === null ? null : wanted,
    notices,
  };
}

/**
 * Whether two texts are more than one long one to a model: a tokenizer that ends a text with a sign
 * but puts none around a pair was never made for pairs (translators).
 */
function keepsPairsApart({ tokenizer }: LoadedModel, text: string, pair: Encoding): boolean {
  const isPutIn = ({ parts }: Encoding): boolean => parts.includes(null);
  return isPutIn(pair) || !isPutIn(tokenizer.encode(text, { special: true, pair: null }));
}

/** The text as a batch of one. */
export const batchOf = ({
  source,
  typeIds,
}: Pick<PreparedText, 'source' | 'typeIds'>): TokenBatch =>
  tokenBatch([source.map(({ id }) => id)], { types: typeIds ? [typeIds] : undefined });

function checkText(text: string): void {
  if (text.trim() === '') throw new Failure('text.empty');
  if (text.length > MAX_TEXT_CHARACTERS) {
    throw new Failure('text.tooLong', { characters: text.length, limit: MAX_TEXT_CHARACTERS });
  }
  const lone = LONE_SURROGATE.exec(text);
  if (lone) throw new Failure('text.loneSurrogate', { position: lone.index });
}

/** @param mask what a reader types for a token to be guessed: it stands for text, so it is not hidden with the special ones */
function tokensOf(
  encoding: Encoding,
  texts: readonly [string, string],
  mask: number | null,
): Token[] {
  const { ids, tokens, parts, special, words } = encoding;
  const byPart = texts.map((text, part) => {
    const own = encoding.spans.map((span, i) => (parts[i] === part ? span : null));
    return withMarks(text, withoutPrefixMark(tokens, own));
  });
  return ids.map((id, i) => {
    const part = parts[i] ?? null;
    const span = part === null ? null : (byPart[part]![i] ?? null);
    const piece = tokens[i]!;
    const label = span && part !== null ? texts[part].slice(span[0], span[1]) : piece;
    const word = words[i] ?? null;
    return { piece, label, id, span, special: special[i]! && id !== mask, word, part };
  });
}

/** Kinds of token, where the model has as many as the template uses. */
function typeIdsOf({ transformer }: LoadedModel, { typeIds }: Encoding): readonly number[] | null {
  const types = transformer.config.encoder?.embedding.types ?? 0;
  return typeIds.every((type) => type < types) ? typeIds : null;
}

function languageTokenOf({ tokenizer, summary }: LoadedModel, tag: string): Token {
  if (summary.languages.length === 0) throw new Failure('text.languageNotSupported');
  const found = languagesOf(tokenizer).find((one) => one.tag === tag);
  if (!found) {
    const known = summary.languages.join(', ');
    throw new Failure('text.language', { language: tag, known });
  }
  const piece = tokenizer.pieceOf(found.id);
  return { piece, label: piece, id: found.id, span: null, special: true, word: null, part: null };
}
