import { Failure } from '../failure/failure';

/** The texts of the files that a tokenizer is made of; null or absent: there is no such file. */
export interface TokenizerFiles {
  /** For messages only: nothing is read here. */
  readonly folder: string;
  readonly tokenizerJson: string | null;
  /** Of this file only some fields are honoured: see `tokenizerConfig.ts`. */
  readonly tokenizerConfigJson: string | null;
  /** Names special tokens beside an older tokenizer_config.json. */
  readonly specialTokensMapJson?: string | null;
  /** The following count only without tokenizer.json. */
  readonly addedTokensJson?: string | null;
  readonly vocabTxt?: string | null;
  readonly vocabJson?: string | null;
  readonly mergesTxt?: string | null;
  readonly configJson?: string | null;
}

/** What is asked of a folder to read a tokenizer from it. */
export interface TokenizerFolder {
  /** How to name the folder to a person. */
  readonly path: string;
  /** Names of the files in it. */
  list(): Promise<readonly string[]>;
  /** The whole of a UTF-8 file; null if there is none. */
  text(name: string): Promise<string | null>;
}

/** Vocabularies of the SentencePiece library: binary files, for which there is no reader here. */
const SENTENCE_PIECE = /(\.spm|spiece\.model|sentencepiece.*\.model|tokenizer\.model(\.v\d+)?)$/;

/**
 * Reads the tokenizer files of a folder, and no others.
 * @throws Failure `tokenizer.missing`, `tokenizer.sentencePiece` if there is none that can be used
 */
export async function readTokenizerFiles(folder: TokenizerFolder): Promise<TokenizerFiles> {
  const common = {
    folder: folder.path,
    tokenizerJson: await folder.text('tokenizer.json'),
    tokenizerConfigJson: await folder.text('tokenizer_config.json'),
    specialTokensMapJson: await folder.text('special_tokens_map.json'),
  };
  if (common.tokenizerJson !== null) return common;
  const vocabTxt = await folder.text('vocab.txt');
  const vocabJson = await folder.text('vocab.json');
  const mergesTxt = await folder.text('merges.txt');
  if (vocabTxt === null && (vocabJson === null || mergesTxt === null)) {
    const names = await folder.list();
    const file = names.find((name) => SENTENCE_PIECE.test(name));
    throw file === undefined
      ? new Failure('tokenizer.missing', { folder: folder.path })
      : new Failure('tokenizer.sentencePiece', { folder: folder.path, file });
  }
  const addedTokensJson = await folder.text('added_tokens.json');
  const configJson = await folder.text('config.json');
  return { ...common, addedTokensJson, vocabTxt, vocabJson, mergesTxt, configJson };
}
