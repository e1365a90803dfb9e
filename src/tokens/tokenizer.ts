import { Failure } from '../failure/failure';
import { AddedTokens, type Section } from './addedTokens';
import { AlignedText, type Span } from './alignedText';
import { cellsOf } from './cells';
import { cleanUp, decoderOf, spaceBefore, type Decode } from './decoders';
import { modelOf } from './models';
import { normalizerOf, type Normalize } from './normalizers';
import { parseCleanUp, parseTokenizerFile } from './parseFiles';
import type { PieceModel } from './pieces';
import { preTokenizerOf, type PreTokenize } from './preTokenizers';
import { templateOf, type Template, type TemplateToken } from './template';
import type { AddedTokenFile } from './tokenizerFile';
import { trimSpan } from './trimSpan';
import { wordsOf } from './words';

export type { Span } from './alignedText';

export interface TokenizerFiles {
  /** For messages only: nothing is read here. */
  readonly folder: string;
  readonly tokenizerJson: string;
  /**
   * Everything that decides ids and spans is in tokenizer.json, for the Rust library and for us. Of
   * this file only `clean_up_tokenization_spaces` is honoured, as transformers does after decoding.
   */
  readonly tokenizerConfigJson: string | null;
}

export interface Encoding {
  readonly ids: number[];
  /** As the vocabulary spells them; an unknown token of a Unigram model as the text spells it. */
  readonly tokens: string[];
  /** Null for special tokens that no text stands for. */
  readonly spans: (Span | null)[];
  readonly words: (number | null)[];
  /** From the template, or a special token written in the text. An unknown token stands for text: it is none. */
  readonly special: boolean[];
}

interface Found {
  readonly id: number;
  readonly piece: string;
  readonly span: Span | null;
  readonly special: boolean;
}

/**
 * A tokenizer of Hugging Face's tokenizer.json. The pieces are cut by `@huggingface/tokenizers`;
 * normalisation, pre-tokenisation and decoding are done here, on texts that remember which
 * characters of the user's text they stand for: the library keeps no offsets.
 */
export class Tokenizer {
  /** Highest id + 1. */
  readonly size: number;
  private readonly ids: Map<string, number>;
  private readonly pieces: string[] = [];
  private readonly specials: ReadonlySet<number>;
  private readonly rawTokens: AddedTokens;
  private readonly normalizedTokens: AddedTokens;

  private constructor(
    added: readonly AddedTokenFile[],
    private readonly normalize: Normalize,
    private readonly preTokenize: PreTokenize,
    private readonly model: PieceModel,
    private readonly template: Template,
    private readonly decoder: Decode,
  ) {
    this.ids = new Map(model.vocabulary);
    for (const { content, id } of added) this.ids.set(content, id);
    for (const [piece, id] of this.ids) this.pieces[id] = piece;
    this.size = this.pieces.length;
    this.specials = new Set(added.filter(({ special }) => special).map(({ id }) => id));
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

  private static build({ folder, tokenizerJson, tokenizerConfigJson }: TokenizerFiles): Tokenizer {
    const file = parseTokenizerFile(folder, tokenizerJson);
    const mends = tokenizerConfigJson !== null && parseCleanUp(folder, tokenizerConfigJson);
    const decoder = file.decoder ? decoderOf(file.decoder, folder) : spaced;
    return new Tokenizer(
      file.added_tokens ?? [],
      file.normalizer ? normalizerOf(file.normalizer, folder) : (text) => text,
      file.pre_tokenizer ? preTokenizerOf(file.pre_tokenizer, folder) : (text) => [text],
      modelOf(file.model, folder),
      file.post_processor ? templateOf(file.post_processor, folder) : { before: [], after: [] },
      mends ? (parts) => [cleanUp(decoder(parts).flat())] : decoder,
    );
  }

  encode(text: string, options: { readonly special: boolean }): Encoding {
    // Half a character cannot be spelled in any vocabulary; like Python's reader, take U+FFFD for it.
    const whole = AlignedText.of(text.replace(/\p{Cs}/gu, '\ufffd'));
    const found = this.rawTokens.split(whole).flatMap((section) => this.encodeSection(section));
    const { before, after } = options.special ? this.template : { before: [], after: [] };
    const tokens = [...before.map(putIn), ...found, ...after.map(putIn)];
    const spans = tokens.map(({ span }) => span && trimSpan(text, span));
    return {
      ids: tokens.map(({ id }) => id),
      tokens: tokens.map(({ piece }) => piece),
      spans,
      words: wordsOf(
        text,
        spans.map((span, index) => (tokens[index]?.special ? null : span)),
      ),
      special: tokens.map(({ special }) => special),
    };
  }

  /** Special tokens are skipped; they and bytes that spell no character have no span. */
  decode(ids: readonly number[]): { text: string; spans: (Span | null)[] } {
    const parts = ids.flatMap((id, index) => {
      const piece = this.pieces[id];
      return piece === undefined || this.specials.has(id) ? [] : [cellsOf(piece, index)];
    });
    const spans = new Array<Span | null>(ids.length).fill(null);
    let text = '';
    for (const { text: character, first, last } of this.decoder(parts).flat()) {
      const start = text.length;
      text += character;
      for (let token = first; token <= last; token++)
        spans[token] = [spans[token]?.[0] ?? start, text.length];
    }
    return { text, spans: spans.map((span) => span && trimSpan(text, span)) };
  }

  idOf(piece: string): number | undefined {
    return this.ids.get(piece);
  }

  /** Empty for an id that is not in the vocabulary. */
  pieceOf(id: number): string {
    return this.pieces[id] ?? '';
  }

  isSpecial(id: number): boolean {
    return this.specials.has(id);
  }

  private encodeSection(section: Section): Found[] {
    if (section.token) return [written(section.text, section.token)];
    return this.normalizedTokens.split(this.normalize(section.text)).flatMap(({ text, token }) => {
      if (token) return [written(text, token)];
      return this.preTokenize(text).flatMap((part) =>
        this.model.tokenize(part.text).map(({ id, piece, start, end }) => ({
          id,
          piece,
          span: part.spanOf(start, end),
          special: false,
        })),
      );
    });
  }
}

/** A special token of the template: no text stands for it. */
const putIn = (token: TemplateToken): Found => ({ ...token, span: null, special: true });

/** An added token found in the text. */
function written(text: AlignedText, { id, content, special }: AddedTokenFile): Found {
  return { id, piece: content, span: text.spanOf(0, text.text.length), special: special ?? false };
}

/** Without a decoder tokens stand apart. */
const spaced: Decode = (parts) =>
  parts.map((cells, index) => (index > 0 ? spaceBefore(cells) : cells));
