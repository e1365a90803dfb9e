import { Failure } from '../failure/failure';
import { bertFile, bertTokens } from './bertVocabulary';
import { byteLevelFile, gpt2Tokens, qwen2Tokens, robertaTokens } from './byteLevelVocabulary';
import { parseVocabulary } from './parseFiles';
import { addedTokensOf, withDefaults, type NamedDefaults } from './specialTokens';
import type { NamedTokens, TokenizerConfig } from './tokenizerConfig';
import type { TokenizerFile } from './tokenizerFile';
import type { TokenizerFiles } from './tokenizerFiles';
import { vocabularyKind, type VocabularyKind } from './vocabularyKind';

const DEFAULTS: Readonly<Record<VocabularyKind, NamedDefaults>> = {
  bert: bertTokens,
  gpt2: gpt2Tokens,
  roberta: robertaTokens,
  qwen2: qwen2Tokens,
};

/**
 * The tokenizer.json, and the configuration in force, that transformers makes of a bare vocabulary:
 * vocab.txt, or vocab.json with merges.txt.
 */
export function fileOfVocabulary(
  files: TokenizerFiles,
  config: TokenizerConfig,
  named: NamedTokens,
): {
  readonly file: TokenizerFile;
  readonly config: TokenizerConfig;
  readonly named: NamedTokens;
} {
  const { folder, vocabTxt = null, vocabJson = null, mergesTxt = null, configJson = null } = files;
  const lines = vocabTxt === null ? null : numberLines(folder, vocabTxt);
  const table =
    vocabJson === null || mergesTxt === null
      ? null
      : parseVocabulary(folder, 'vocab.json', vocabJson);
  if (lines === null && table === null) throw new Failure('tokenizer.missing', { folder });
  const kind = vocabularyKind({
    folder,
    tokenizerClass: config.tokenizer_class,
    configJson,
    inVocabTxt: lines && ((piece) => lines.has(piece)),
    inVocabJson: table && ((piece) => table.has(piece)),
  });
  const vocabulary = kind === 'bert' ? lines : table;
  if (vocabulary === null) throw new Failure('tokenizer.missing', { folder });
  const tokens = withDefaults(named, DEFAULTS[kind]);
  const addedTokensJson = files.addedTokensJson ?? null;
  const added = addedTokensOf({ folder, config, named, tokens, addedTokensJson }, vocabulary);
  const parts = { folder, vocabulary, added, tokens, config };
  const known = { ...named, ...tokens };
  if (kind !== 'bert')
    return {
      file: byteLevelFile(kind, { ...parts, merges: mergesTxt ?? '' }),
      config,
      named: known,
    };
  // BERT's class mends spaces in decoded text unless it is told not to.
  const mends = config.clean_up_tokenization_spaces ?? true;
  return {
    file: bertFile(parts),
    config: { ...config, clean_up_tokenization_spaces: mends },
    named: known,
  };
}

/** Four times the largest vocabulary in use. Each piece takes some microseconds: more would seem to hang. */
const MAX_LINES = 1_000_000;

/** One piece a line, numbered from 0; of a piece written twice the later line counts. */
function numberLines(folder: string, text: string): ReadonlyMap<string, number> {
  const lines = text.split(/\r\n|\r|\n/);
  // The line break that ends the last line begins no further one.
  if (lines.at(-1) === '') lines.pop();
  if (lines.length > MAX_LINES) {
    const reason = `vocab.txt has ${lines.length} lines; at most ${MAX_LINES} are read`;
    throw new Failure('tokenizer.invalid', { folder, reason });
  }
  return new Map(lines.map((piece, id) => [piece, id]));
}
