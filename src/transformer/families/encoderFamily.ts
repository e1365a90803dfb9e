import type { Activation, HeadConfig, NormConfig, StackConfig, TransformerConfig } from '../config';
import { classKind, classNameOf } from './classNames';
import { ConfigReader } from './configReader';
import type { Family } from './family';
import {
  answerHead,
  firstTokenDense,
  labelHead,
  maskedTokenHead,
  nextSentenceHead,
  poolerHead,
  replacedTokenHead,
} from './heads';
import { linear, prefixIn, type HeadNames, type StackNames } from './weightNames';

/** A dense layer, then a linear map. */
interface DenseThenLinear {
  readonly activation: Activation;
  readonly dense: string;
  readonly output: string;
}

/** In what families that are an encoder alone differ. */
export interface EncoderDialect {
  readonly modelType: string;
  /** Before the names of all tensors but the head's; base models are saved without. */
  readonly prefix: string;
  readonly aliases?: Readonly<Record<string, string>>;
  /** The option that names the non-linearity, and its default. */
  readonly activation: readonly [option: string, fallback: string];
  readonly padToken: number;
  stack(read: ConfigReader): StackConfig;
  stackNames(prefix: string, stack: StackConfig, read: ConfigReader): StackNames;
  /** The head that guesses masked tokens. */
  readonly masked: HeadNames;
  maskedShape(stack: StackConfig): { width: number; activation: Activation; norm: NormConfig };
  /** Labels of the whole text, from its first token; without a dense layer of its own through the pooler. */
  readonly sequence: Omit<DenseThenLinear, 'dense'> & { readonly dense: string | null };
  /** The dense layer, below the prefix, that base models may have. */
  readonly pooler: string | null;
  /** Whether the second text follows the first, from the pooler. */
  readonly nextSentence?: string;
  /** Replaced tokens: what this family is trained on instead of masked ones. */
  readonly replaced?: Omit<DenseThenLinear, 'activation'>;
  readonly ignorable: RegExp;
}

const KINDS = [
  'ForMaskedLM',
  'ForPreTraining',
  'ForSequenceClassification',
  'ForTokenClassification',
  'ForQuestionAnswering',
  'Model',
] as const;
const NEXT_SENTENCE = 'ForNextSentencePrediction';
type Kind = (typeof KINDS)[number] | typeof NEXT_SENTENCE;

/** Families after BERT (Devlin et al. 2019): one encoder, and one of a few heads. */
export function encoderFamily(dialect: EncoderDialect): Family {
  return {
    modelType: dialect.modelType,

    config(json, names): TransformerConfig {
      const read = new ConfigReader(json, dialect.aliases);
      // An encoder that is told to be a decoder sees no future: another model.
      read.choice('is_decoder', [false], false);
      read.choice('add_cross_attention', [false], false);
      const encoder = dialect.stack(read);
      return {
        modelType: dialect.modelType,
        className: classNameOf(read),
        encoder,
        decoder: null,
        sharedEmbeddings: false,
        head: headOf(dialect, kindOf(dialect, read, names), read, encoder, names),
        padToken: read.token('pad_token_id', dialect.padToken),
        decoderStartToken: null,
        endTokens: [],
        activationName: read.text(...dialect.activation),
      };
    },

    weights({ encoder, head, className }, names, json) {
      const prefix = prefixIn(names, dialect.prefix);
      const read = new ConfigReader(json, dialect.aliases);
      return {
        encoder: dialect.stackNames(prefix, encoder!, read),
        decoder: null,
        head: head && headNames(dialect, head, prefix, className.endsWith(NEXT_SENTENCE)),
        ignorable: dialect.ignorable,
      };
    },
  };
}

/** The kind of a folder's class. Without a name the tensors tell, unless they could be of two. */
function kindOf(
  { masked, nextSentence, replaced }: EncoderDialect,
  read: ConfigReader,
  names: ReadonlySet<string>,
): Kind {
  const supported: readonly Kind[] = nextSentence ? [...KINDS, NEXT_SENTENCE] : KINDS;
  return classKind(read, supported, () => {
    if (names.has('qa_outputs.weight')) return 'ForQuestionAnswering';
    // A classifier of texts and one of tokens have the same tensors in some families.
    if ([...names].some((name) => name.startsWith('classifier.'))) return null;
    if (replaced && names.has(`${replaced.dense}.weight`)) return 'ForPreTraining';
    return names.has(masked.transform!.weight) ? 'ForMaskedLM' : 'Model';
  });
}

function headOf(
  dialect: EncoderDialect,
  kind: Kind,
  read: ConfigReader,
  encoder: StackConfig,
  names: ReadonlySet<string>,
): HeadConfig | null {
  const { dModel, activation, embedding } = encoder;
  const { sequence, pooler, replaced } = dialect;
  switch (kind) {
    case 'ForPreTraining': // BERT's second task beside the first is left out
    case 'ForMaskedLM': {
      if (kind === 'ForPreTraining' && replaced) return replacedTokenHead(dModel, activation);
      const tied = read.flag('tie_word_embeddings', true);
      return maskedTokenHead(embedding.vocabulary, tied, dialect.maskedShape(encoder));
    }
    case 'ForSequenceClassification':
      return labelHead(read, 'sequenceLabels', firstTokenDense(dModel, sequence.activation));
    case 'ForNextSentencePrediction':
      return nextSentenceHead(dModel);
    case 'ForTokenClassification':
      return labelHead(read, 'tokenLabels');
    case 'ForQuestionAnswering':
      return answerHead;
    case 'Model': {
      // Whether it has a pooler was an option of the class that wrote it: only the tensors tell.
      const pools = pooler !== null && [...names].some((name) => name.endsWith(`${pooler}.weight`));
      return pools ? poolerHead(dModel) : null;
    }
  }
}

function headNames(
  { masked, sequence, pooler, nextSentence, replaced }: EncoderDialect,
  { task }: HeadConfig,
  prefix: string,
  isNextSentence: boolean,
): HeadNames {
  switch (task) {
    case 'maskedToken':
      return masked;
    case 'replacedToken':
      return denseHead(replaced!.dense, replaced!.output);
    case 'sequenceLabels': {
      const dense = sequence.dense ?? `${prefix}${pooler}`;
      return denseHead(dense, isNextSentence ? nextSentence! : sequence.output);
    }
    case 'tokenLabels':
      return plainHead('classifier');
    case 'answerSpan':
      return plainHead('qa_outputs');
    default:
      return { ...plainHead(''), ...denseOnly(`${prefix}${pooler}`) };
  }
}

/** A head that is one linear map. */
const plainHead = (prefix: string): HeadNames => ({
  transform: null,
  transformNorm: null,
  output: [`${prefix}.weight`],
  outputBias: [`${prefix}.bias`],
});

const denseHead = (dense: string, output: string): HeadNames => ({
  ...plainHead(output),
  transform: linear(dense),
});

const denseOnly = (dense: string): Partial<HeadNames> => ({
  transform: linear(dense),
  output: null,
  outputBias: null,
});
