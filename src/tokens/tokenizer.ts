import { Failure } from '../failure/failure';
import { AddedTokens, type Section } from './addedTokens';
import { AlignedText, type Span } from './alignedText';
import { cellsOf } from './cells';
import { cleanUp, decoderOf, spaceBefore, type Decode } from './decoders';
import { fillTemplate, type Encoding, type Found } from './encoding';
import { modelOf } from './models';
import { normalizerOf, type Normalize } from './normalizers';
import { parseTokenizerFile } from './parseFiles';
import type { PieceModel } from './pieces';
import { preTokenizerOf, type PreTokenize } from './preTokenizers';
import { rolesInFile, rolesOf, type NamedRoles, type PadSide, type Roles } from './roles';
import { bareTemplate, templateOf, type Template, type TemplateToken } from './template';
import { namedTokensOf, padSideOf, parseTokenizerConfig, rolesInConfig } from './tokenizerConfig';
import type { TokenizerFiles } from './tokenizerFiles';
import type { AddedTokenFile } from './tokenizerFile';
import { trimSpan } from './trimSpan';
import { fileOfVocabulary } from './vocabularyFiles';
import { wordsOf } from './words';
import { wordStartsOf, type WordStarts } from './wordStarts';

export type { Span } from './alignedText';
export type { TokenizerFiles } from './tokenizerFiles';
export type { Encoding } from './encoding';

export interface EncodeOptions {
  /** Put the template's special tokens around the text. */
  readonly special: boolean;
  /** A second text for models that read two: a question and its passage, two sentences to compare. */
  readonly pair?: string | null;
}

/** What a tokenizer is made of. */
interface Parts {
  readonly added: readonly AddedTokenFile[];
  readonly normalize: Normalize;
  readonly preTokenize: PreTokenize;
  readonly model: PieceModel;
  readonly template: Template;
  readonly decoder: Decode;
  readonly named: readonly NamedRoles[];
  readonly padSide: PadSide;
}

/**
 * A tokenizer of Hugging Face's tokenizer.json. The pieces are cut by `@huggingface/tokenizers`;
 * normalisation, pre-tokenisation and decoding are done here, on texts that remember which
 * characters of the user's text they stand for: the library keeps no offsets.
 */
export class Tokenizer {
  /** Highest id + 1. */
  readonly size: number;
  readonly roles: Roles;
  readonly padSide: PadSide;
  /** What stands in a text for a token to be guessed, if the model guesses tokens. */
  readonly maskToken: TemplateToken | null;
  private wordStarts: WordStarts | undefined;
  private readonly ids: Map<string, number>;
  private readonly pieces: string[] = [];
  private readonly specials: ReadonlySet<number>;
  private readonly rawTokens: AddedTokens;
  private readonly normalizedTokens: AddedTokens;

  private constructor(
    private readonly folder: string,
    private readonly is: Parts,
  ) {
    const { added, model, normalize, named, padSide } = is;
    this.ids = new Map(model.vocabulary);
    for (const { content, id } of added) this.ids.set(content, id);
    for (const [piece, id] of this.ids) this.pieces[id] = piece;
    this.size = this.pieces.length;
    const specials = added.filter(({ special }) => special);
    this.specials = new Set(specials.map(({ id }) => id));
    this.roles = rolesOf(
      named,
      (piece) => this.ids.get(piece),
      specials.map(({ id, content: piece }) => ({ id, piece })),
    );
    this.padSide = padSide;
    const { mask } = this.roles;
    this.maskToken = mask === null ? null : { id: mask, piece: this.pieceOf(mask) };
    const isNormalized = ({ normalized, special }: AddedTokenFile): boolean =>
      normalized ?? !special;
    this.rawTokens = new AddedTokens(
      added.filter((token) => !isNormalized(token)),
      (content) => content,
    );
    this.normalizedTokens = new AddedTokens(
      added.filter(isNormalized),
      (content) => normalize(AlignedText.of(content)).text,
    );
  }

  static fromFiles(files: TokenizerFiles): Tokenizer {
    try {
      return Tokenizer.build(files);
    } catch (error) {
      // The library's own classes throw plain errors for tables that contradict themselves.
      if (error instanceof Failure) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new Failure('tokenizer.invalid', { folder: files.folder, reason }, { cause: error });
    }
  }

  private static build(files: TokenizerFiles): Tokenizer {
    const { folder } = files;
    const given = parseTokenizerConfig(
      folder,
      files.tokenizerConfigJson,
      files.tokenizerJson !== null,
    );
    const tokens = namedTokensOf(folder, given, files.specialTokensMapJson ?? null);
    const { file, config, named } =
      files.tokenizerJson === null
        ? fileOfVocabulary(files, given, tokens)
        : { file: parseTokenizerFile(folder, files.tokenizerJson), config: given, named: tokens };
    const decoder = file.decoder ? decoderOf(file.decoder, folder) : spaced;
    const direction = file.padding ? (file.padding.direction === 'Left' ? 'left' : 'right') : null;
    return new Tokenizer(folder, {
      added: file.added_tokens ?? [],
      normalize: file.normalizer ? normalizerOf(file.normalizer, folder) : (text) => text,
      preTokenize: file.pre_tokenizer
        ? preTokenizerOf(file.pre_tokenizer, folder)
        : (text) => [text],
      model: modelOf(file.model, folder),
      template: file.post_processor ? templateOf(file.post_processor, folder) : bareTemplate,
      decoder: config.clean_up_tokenization_spaces
        ? (parts) => [cleanUp(decoder(parts).flat())]
        : decoder,
      named: [rolesInConfig(named), rolesInFile(file)],
      padSide: padSideOf(config, direction),
    });
  }

  /** @throws Failure `tokenizer.noPair` for a second text that the tokenizer has no place for */
  encode(text: string, { special, pair }: EncodeOptions): Encoding {
    const texts = pair === undefined || pair === null ? [text] : [text, pair];
    const cuts = texts.map((one) => ({ text: one, found: this.cut(one) }));
    const encoding = fillTemplate(this.is.template, cuts, special);
    if (encoding === null) throw new Failure('tokenizer.noPair', { folder: this.folder });
    return encoding;
  }

  /** Special tokens are skipped; they and bytes that spell no character have no span. */
  decode(ids: readonly number[]): { text: string; spans: (Span | null)[] } {
    const parts = ids.flatMap((id, index) => {
      const piece = this.pieces[id];
      return piece === undefined || this.specials.has(id) ? [] : [cellsOf(piece, index)];
    });
    const spans = new Array<Span | null>(ids.length).fill(null);
    let text = '';
    for (const { text: character, first, last } of this.is.decoder(parts).flat()) {
      const start = text.length;
      text += character;
      for (let token = first; token <= last; token++)
        spans[token] = [spans[token]?.[0] ?? start, text.length];
    }
    return { text, spans: spans.map((span) => span && trimSpan(text, span)) };
  }

  /** The words of the text that `decode` makes of these ids: as `Encoding.words`, for written tokens. */
  wordsOfOutput(ids: readonly number[]): (number | null)[] {
    const { text, spans } = this.decode(ids);
    return wordsOf(text, spans);
  }

  idOf(piece: string): number | undefined {
    return this.ids.get(piece);
  }

  /** Empty for an id that is not in the vocabulary. */
  pieceOf(id: number): string {
    return this.pieces[id] ?? '';
  }

  /** Whether a piece goes on a word rather than beginning one; null: special, or the vocabulary does not tell. */
  continuesWord(id: number): boolean | null {
    this.wordStarts ??= wordStartsOf(this.ids.keys());
    return this.specials.has(id) ? null : this.wordStarts(this.pieceOf(id));
  }

  isSpecial(id: number): boolean {
    return this.specials.has(id);
  }

  private cut(text: string): Found[] {
    // Half a character cannot be spelled in any vocabulary; like Python's reader, take U+FFFD for it.
    const whole = AlignedText.of(text.replace(/\p{Cs}/gu, '\ufffd'));
    return this.rawTokens.split(whole).flatMap((section) => this.cutSection(section));
  }

  private cutSection(section: Section): Found[] {
    const { normalize, preTokenize, model } = this.is;
    if (section.token) return [written(section.text, section.token)];
    return this.normalizedTokens.split(normalize(section.text)).flatMap(({ text, token }) => {
      if (token) return [written(text, token)];
      return preTokenize(text).flatMap((part) =>
        model.tokenize(part.text).map(({ id, piece, start, end }) => ({
          id,
          piece,
          span: part.spanOf(start, end),
          special: false,
        })),
      );
    });
  }
}

/** An added token found in the text. */
function written(text: AlignedText, { id, content, special }: AddedTokenFile): Found {
  return { id, piece: content, span: text.spanOf(0, text.text.length), special: special ?? false };
}

/** Without a decoder tokens stand apart. */
const spaced: Decode = (parts) =>
  parts.map((cells, index) => (index > 0 ? spaceBefore(cells) : cells));
