import type { HeadConfig, StackConfig, TransformerConfig } from '../config';
import { classKind, classNameOf } from './classNames';
import type { ConfigReader } from './configReader';
import { nextTokenHead } from './heads';
import type { HeadNames } from './weightNames';

const KINDS = ['LMHeadModel', 'ForCausalLM', 'Model'] as const;

/** In what decoder families differ beside their stack. */
export interface DecoderDefaults {
  readonly tied: boolean;
  readonly endToken: number;
  readonly padToken: number | null;
  /** The option that names the non-linearity, and its default. */
  readonly activation: readonly [option: string, fallback: string];
}

/** A model that is a decoder alone. */
export function decoderOnly(
  modelType: string,
  read: ConfigReader,
  names: ReadonlySet<string>,
  decoder: StackConfig,
  defaults: DecoderDefaults,
): TransformerConfig {
  return {
    modelType,
    className: classNameOf(read),
    encoder: null,
    decoder,
    sharedEmbeddings: false,
    head: headOf(read, names, decoder, defaults.tied),
    padToken: padTokenOf(read, defaults),
    decoderStartToken: null,
    endTokens:
      read.value('eos_token_id') === null ? [] : read.tokens('eos_token_id', defaults.endToken),
    activationName: read.text(...defaults.activation),
  };
}

/** The first Llama checkpoints say −1 for none. */
function padTokenOf(read: ConfigReader, { padToken }: DecoderDefaults): number | null {
  const value = read.value('pad_token_id');
  if (value === undefined) return padToken;
  return value === null || value === -1 ? null : read.token('pad_token_id', 0);
}

/** Scores of the next token; a base model gives states only. */
function headOf(
  read: ConfigReader,
  names: ReadonlySet<string>,
  { embedding }: StackConfig,
  tiedByDefault: boolean,
): HeadConfig | null {
  const tied = read.flag('tie_word_embeddings', tiedByDefault);
  const hasHead = tied || names.has('lm_head.weight') || names.has('embed_out.weight');
  const kind = classKind(read, KINDS, () => (hasHead ? 'ForCausalLM' : 'Model'));
  return kind === 'Model' ? null : nextTokenHead(embedding.vocabulary, tied);
}

/** Names of an output projection without a bias. */
export const outputNames = (weight: string): HeadNames => ({
  transform: null,
  transformNorm: null,
  output: [weight],
  outputBias: null,
});
