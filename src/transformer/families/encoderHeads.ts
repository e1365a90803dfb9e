import type { HeadConfig } from '../config';
import { classKind } from './classNames';
import type { ConfigReader } from './configReader';
import { answerHead, labelHead } from './heads';
import { linear, type HeadNames } from './weightNames';

/** Kinds of classes that encoder families have. */
const KINDS = [
  'ForMaskedLM',
  'ForPreTraining',
  'ForSequenceClassification',
  'ForTokenClassification',
  'ForQuestionAnswering',
  'ForNextSentencePrediction',
  'Model',
] as const;
export type EncoderKind = (typeof KINDS)[number];

/**
 * The kind of an encoder's class. Without a name the tensors tell, unless they could be of two.
 * @param masked a tensor of the masked-token head
 */
export function encoderKind(
  read: ConfigReader,
  names: ReadonlySet<string>,
  supported: readonly EncoderKind[],
  masked: string,
): EncoderKind {
  return classKind(read, supported, () => {
    if (names.has('qa_outputs.weight')) return 'ForQuestionAnswering';
    // A classifier of texts and one of tokens have the same tensors in some families.
    if ([...names].some((name) => name.startsWith('classifier.'))) return null;
    return names.has(masked) ? 'ForMaskedLM' : 'Model';
  });
}

/** The kinds that every encoder family has but for small differences. */
export const ALL_BUT_NEXT_SENTENCE: readonly EncoderKind[] = KINDS.filter(
  (kind) => kind !== 'ForNextSentencePrediction',
);
export const ALL_KINDS: readonly EncoderKind[] = KINDS;

/** Heads that are the same in every encoder family; null for the others. */
export function commonHead(kind: EncoderKind, read: ConfigReader): HeadConfig | null {
  if (kind === 'ForTokenClassification') return labelHead(read, 'tokenLabels');
  return kind === 'ForQuestionAnswering' ? answerHead : null;
}

/** Names of a head that is one linear map. */
export const plainHead = (prefix: string): HeadNames => ({
  transform: null,
  transformNorm: null,
  output: [`${prefix}.weight`],
  outputBias: [`${prefix}.bias`],
});

/** Names of a dense layer, then a linear map. */
export const denseHead = (dense: string, output: string): HeadNames => ({
  ...plainHead(output),
  transform: linear(dense),
});

/** Names of a head that is a dense layer. */
export const poolerNames = (dense: string): HeadNames => ({
  transform: linear(dense),
  transformNorm: null,
  output: null,
  outputBias: null,
});

/** Encoders that are told to be decoders see no future: another model. */
export function refuseDecoder(read: ConfigReader): void {
  read.choice('is_decoder', [false], false);
  read.choice('add_cross_attention', [false], false);
}

/** Whether a base model has a pooler: an option of the class that wrote it, which only the tensors tell. */
export const hasTensor = (names: ReadonlySet<string>, ending: string): boolean =>
  [...names].some((name) => name.endsWith(ending));
