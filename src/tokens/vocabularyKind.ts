import * as v from 'valibot';
import { Failure } from '../failure/failure';
import { parseObject } from './parseFiles';

/** Ways of tokenising that a bare vocabulary can stand for. */
export type VocabularyKind = 'bert' | 'gpt2' | 'roberta' | 'qwen2';

/** Tokenizer classes of transformers, without `Tokenizer` and `TokenizerFast`. */
const CLASSES: ReadonlyMap<string, VocabularyKind> = new Map([
  ['Bert', 'bert'],
  ['DistilBert', 'bert'],
  ['Electra', 'bert'],
  ['GPT2', 'gpt2'],
  ['Roberta', 'roberta'],
  ['Bart', 'roberta'],
  ['Qwen2', 'qwen2'],
]);

/** The classes that transformers takes for models that name none. */
const MODEL_TYPES: ReadonlyMap<string, VocabularyKind> = new Map([
  ['bert', 'bert'],
  ['distilbert', 'bert'],
  ['electra', 'bert'],
  ['gpt2', 'gpt2'],
  ['gpt_neo', 'gpt2'],
  ['gptj', 'gpt2'],
  ['opt', 'gpt2'],
  ['roberta', 'roberta'],
  ['bart', 'roberta'],
  ['qwen2', 'qwen2'],
  ['qwen3', 'qwen2'],
]);

const modelConfig = v.object({
  tokenizer_class: v.fallback(v.optional(v.string()), undefined),
  model_type: v.fallback(v.optional(v.string()), undefined),
});

/** What is known about a vocabulary without tokenizer.json. */
export interface VocabularyClues {
  readonly folder: string;
  /** From tokenizer_config.json. */
  readonly tokenizerClass: string | undefined;
  readonly configJson: string | null;
  /** Whether a piece is in vocab.txt, and in vocab.json; null without the file. */
  readonly inVocabTxt: ((piece: string) => boolean) | null;
  readonly inVocabJson: ((piece: string) => boolean) | null;
}

/**
 * The way a vocabulary is used: by the tokenizer's class, else by the model's type, else by its own
 * special tokens.
 * @throws Failure `tokenizer.kind` where that leads nowhere
 */
export function vocabularyKind(clues: VocabularyClues): VocabularyKind {
  const { folder, configJson } = clues;
  const config =
    configJson === null ? {} : v.parse(modelConfig, parseObject(folder, 'config.json', configJson));
  const className = clues.tokenizerClass ?? config.tokenizer_class;
  if (className !== undefined)
    return known(CLASSES.get(className.replace(/Tokenizer(Fast)?$/, '')), folder, className);
  if (config.model_type !== undefined)
    return known(MODEL_TYPES.get(config.model_type), folder, config.model_type);
  return known(kindByTokens(clues), folder, clues.inVocabTxt ? 'vocab.txt' : 'vocab.json');
}

function kindByTokens({ inVocabTxt, inVocabJson }: VocabularyClues): VocabularyKind | undefined {
  if (inVocabTxt && inVocabJson) return undefined;
  if (inVocabTxt) return ['[UNK]', '[CLS]', '[SEP]'].every(inVocabTxt) ? 'bert' : undefined;
  // Byte-level vocabularies spell the space `Ġ`; CLIP's marks the ends of words instead.
  if (!inVocabJson?.('Ġ') || inVocabJson('a</w>')) return undefined;
  const [begins, ends] = [inVocabJson('<s>'), inVocabJson('</s>')];
  if (begins && ends && inVocabJson('<mask>')) return 'roberta';
  return !begins && !ends && inVocabJson('<|endoftext|>') ? 'gpt2' : undefined;
}

function known(kind: VocabularyKind | undefined, folder: string, name: string): VocabularyKind {
  if (kind === undefined) throw new Failure('tokenizer.kind', { folder, kind: name });
  return kind;
}
