import { Failure } from '../../failure/failure';
import type { TransformerConfig } from '../config';
import { optionReader, type Json, type OptionReader } from './optionReader';

/** What shapes the tokens a model writes, besides the model. */
export interface GenerationOptions {
  /** Any of these ends a sequence. */
  readonly endTokens: readonly number[];
  /** Fills rows of a batch that ended early; null: there is none. */
  readonly padToken: number | null;
  readonly startToken: number | null;
  /** The only first token allowed after a start token of length 1. */
  readonly forcedFirst: number | null;
  /** The only tokens allowed at the last place, where a sequence would be cut off. */
  readonly forcedLast: readonly number[];
  /** Sequences never to be completed. */
  readonly badWords: readonly (readonly number[])[];
  readonly suppressed: readonly number[];
  readonly suppressedFirst: readonly number[];
  /** No run of this many tokens occurs twice; 0: no such rule. */
  readonly noRepeatNgram: number;
  /** Logits of tokens already there are divided (above 0) or multiplied (below) by this. */
  readonly repetitionPenalty: number;
  /** Scores of a beam are made to sum to 1 again after the rules. */
  readonly renormalize: boolean;
}

/**
 * Options that would change what is written and that are not built; with the values that change
 * nothing. Sampling, beam count and lengths are not among them: those the caller decides.
 */
const UNSUPPORTED: Readonly<Record<string, readonly unknown[]>> = {
  constraints: [],
  diversity_penalty: [0],
  dola_layers: [],
  encoder_no_repeat_ngram_size: [0],
  encoder_repetition_penalty: [1],
  exponential_decay_length_penalty: [],
  force_words_ids: [],
  guidance_scale: [1],
  low_memory: [false],
  max_time: [],
  num_beam_groups: [1],
  penalty_alpha: [0],
  remove_invalid_values: [false],
  sequence_bias: [],
  stop_strings: [],
  token_healing: [false],
  watermarking_config: [],
};

/**
 * Options of a model folder. As in Hugging Face transformers `generation_config.json` takes the
 * place of the options in `config.json`, which older checkpoints still keep there.
 * @throws Failure `generation.*`: refused, never guessed.
 */
export function generationOptions(
  config: TransformerConfig,
  configJson: Json,
  generationJson: Json | null,
): GenerationOptions {
  const read = optionReader(configJson, generationJson);
  for (const [option, harmless] of Object.entries(UNSUPPORTED)) {
    const { file, value } = read.find(option);
    if (value === null || harmless.includes(value)) continue;
    throw new Failure('generation.option', { file, option, value: JSON.stringify(value) });
  }
  const endTokens = read.has('eos_token_id') ? read.tokens('eos_token_id') : config.endTokens;
  const startToken = read.token('decoder_start_token_id') ?? read.token('bos_token_id');
  return {
    endTokens,
    padToken: padTokenOf(read, config),
    startToken: startToken ?? config.decoderStartToken,
    forcedFirst: read.token('forced_bos_token_id'),
    forcedLast: read.tokens('forced_eos_token_id'),
    badWords: read.sequences('bad_words_ids'),
    suppressed: read.tokens('suppress_tokens'),
    suppressedFirst: read.tokens('begin_suppress_tokens'),
    noRepeatNgram: read.count('no_repeat_ngram_size', 0),
    repetitionPenalty: read.positive('repetition_penalty', 1),
    renormalize: read.flag('renormalize_logits', false),
  };
}

/** The first Llama checkpoints say −1 for none. */
function padTokenOf(read: OptionReader, { padToken }: TransformerConfig): number | null {
  if (!read.has('pad_token_id')) return padToken;
  return read.find('pad_token_id').value === -1 ? null : read.token('pad_token_id');
}
