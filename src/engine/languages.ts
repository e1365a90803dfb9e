import type { Tokenizer } from '../tokens/tokenizer';

/** A target language as Marian's multilingual models name it: a first source token `>>fra<<`. */
export interface LanguageToken {
  readonly tag: string;
  readonly id: number;
}

const LANGUAGE_PIECE = /^>>(.+)<<$/;
/** A text that begins with a language token of its own. */
const LANGUAGE_PREFIX = /^\s*>>([^<>\s]+)<</;

/** Every language token of a vocabulary, in its order. */
export function languagesOf(tokenizer: Tokenizer): LanguageToken[] {
  const languages: LanguageToken[] = [];
  for (let id = 0; id < tokenizer.size; id++) {
    const tag = LANGUAGE_PIECE.exec(tokenizer.pieceOf(id))?.[1];
    if (tag !== undefined) languages.push({ tag, id });
  }
  return languages;
}

/** The tag a text begins with, or null. */
export const languageInText = (text: string): string | null =>
  LANGUAGE_PREFIX.exec(text)?.[1] ?? null;
