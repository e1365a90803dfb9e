import { Failure, type WireFailure } from '../failure/failure';
import { MAX_TEXT_CHARACTERS } from '../protocol/limits';
import type { Token } from '../protocol/trace';
import { withoutPrefixMark } from '../tokens/prefixMark';
import { withMarks } from '../tokens/withMarks';
import { languageInText, languagesOf } from './languages';
import type { LoadedModel } from './loadedModel';

/** A text as the model will read it. */
export interface PreparedText {
  readonly source: readonly Token[];
  /** Language whose token comes first, or null. */
  readonly language: string | null;
  readonly notices: readonly WireFailure[];
}

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/**
 * Turns a text into tokens, with the language token first if one is asked for.
 * @throws Failure `text.*` for every text that the model cannot read as it stands
 */
export function prepareText(
  model: LoadedModel,
  text: string,
  language: string | null,
  trainedTokens: number | null,
): PreparedText {
  if (text.trim() === '') throw new Failure('text.empty');
  if (text.length > MAX_TEXT_CHARACTERS) {
    throw new Failure('text.tooLong', { characters: text.length, limit: MAX_TEXT_CHARACTERS });
  }
  const lone = LONE_SURROGATE.exec(text);
  if (lone) throw new Failure('text.loneSurrogate', { position: lone.index });

  const { tokenizer, summary } = model;
  const ownLanguage = languageInText(text);
  const wanted = ownLanguage ?? language;
  const languageToken = wanted === null ? null : languageTokenOf(model, wanted);
  const encoding = tokenizer.encode(text, { special: true });
  const spans = withMarks(text, withoutPrefixMark(encoding.tokens, encoding.spans));
  const source: Token[] = encoding.ids.map((id, i) => {
    const span = spans[i] ?? null;
    const piece = encoding.tokens[i]!;
    const label = span ? text.slice(span[0], span[1]) : piece;
    return { piece, label, id, span, special: encoding.special[i]! };
  });
  if (languageToken && ownLanguage === null) source.unshift(languageToken);

  const { positions } = summary;
  if (source.length > positions) {
    throw new Failure('text.tooManyTokens', { tokens: source.length, limit: positions });
  }
  const notices: WireFailure[] = [];
  if (trainedTokens !== null && source.length >= trainedTokens) {
    const args = { tokens: source.length, limit: trainedTokens };
    notices.push(new Failure('notice.beyondTraining', args).toWire());
  }
  return { source, language: wanted, notices };
}

function languageTokenOf({ tokenizer }: LoadedModel, tag: string): Token {
  const languages = languagesOf(tokenizer);
  if (languages.length === 0) throw new Failure('text.languageNotSupported');
  const found = languages.find((one) => one.tag === tag);
  if (!found) {
    const known = languages.map((one) => one.tag).join(', ');
    throw new Failure('text.language', { language: tag, known });
  }
  const piece = tokenizer.pieceOf(found.id);
  return { piece, label: piece, id: found.id, span: null, special: true };
}
