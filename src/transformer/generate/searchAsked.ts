import type { EarlyStopping } from './beamScoring';
import { optionReader, type Json, type OptionReader } from './optionReader';

/**
 * How the files of a checkpoint ask for it to write. What does not bear on the search they ask for
 * is as if they did not set it, as in Hugging Face transformers: a temperature without sampling, a
 * length penalty without beams.
 */
export interface SearchAsked {
  /** Tokens are drawn; with more than one beam that is a search which is not built. */
  readonly doSample: boolean;
  /** 1: none are followed. */
  readonly numBeams: number;
  readonly temperature: number;
  /** Null: all tokens. */
  readonly topK: number | null;
  /** Null: all tokens. */
  readonly topP: number | null;
  readonly lengthPenalty: number;
  readonly earlyStopping: EarlyStopping;
  /** Null: not set. */
  readonly maxNewTokens: number | null;
  /** The same, prompt included; null: not set. Where both are set the other one holds. */
  readonly maxLength: number | null;
  readonly repetitionPenalty: number;
  readonly noRepeatNgram: number;
  /** All options of generation that the files set, used here or not. */
  readonly options: readonly SetOption[];
}

/** An option as it stands in its file. */
export interface SetOption {
  readonly file: string;
  readonly option: string;
  /** JSON. */
  readonly value: string;
  /** False: it would change what is written, and is not obeyed. */
  readonly obeyed: boolean;
}

/** What the library takes where sampling is asked for and `top_k` is not mentioned. */
const DEFAULT_TOP_K = 50;

/**
 * The options of generation in a `config.json` that shares its place with those of the model itself
 * (Hugging Face transformers 4.57, `GenerationConfig`).
 */
const KNOWN = new Set(
  `bad_words_ids begin_suppress_tokens bos_token_id constraints decoder_start_token_id
  diversity_penalty do_sample dola_layers early_stopping encoder_no_repeat_ngram_size
  encoder_repetition_penalty eos_token_id epsilon_cutoff eta_cutoff
  exponential_decay_length_penalty force_words_ids forced_bos_token_id forced_eos_token_id
  guidance_scale length_penalty low_memory max_length max_new_tokens max_time min_length
  min_new_tokens min_p no_repeat_ngram_size num_beam_groups num_beams num_return_sequences
  pad_token_id penalty_alpha remove_invalid_values renormalize_logits repetition_penalty
  sequence_bias stop_strings suppress_tokens temperature token_healing top_k top_p typical_p
  watermarking_config`.split(/\s+/),
);

/** Options that are known and not built, with the values that change nothing. */
const NOT_OBEYED: Readonly<Record<string, readonly unknown[]>> = {
  min_length: [0],
  min_new_tokens: [0],
  min_p: [0],
  typical_p: [1],
  epsilon_cutoff: [0],
  eta_cutoff: [0],
  num_return_sequences: [1],
};

/** @throws Failure `generation.*` for values that are no such thing: refused, never guessed. */
export function searchAsked(configJson: Json, generationJson: Json | null): SearchAsked {
  const read = optionReader(configJson, generationJson);
  const doSample = read.flag('do_sample', false);
  const numBeams = read.positiveCount('num_beams') ?? 1;
  return {
    doSample,
    numBeams,
    ...(doSample ? sampling(read) : { temperature: 1, topK: null, topP: null }),
    lengthPenalty: numBeams > 1 ? read.number('length_penalty', 1) : 1,
    earlyStopping: numBeams > 1 && earlyStopping(read),
    maxNewTokens: read.positiveCount('max_new_tokens'),
    maxLength: read.positiveCount('max_length'),
    repetitionPenalty: read.positive('repetition_penalty', 1),
    noRepeatNgram: read.count('no_repeat_ngram_size', 0),
    options: setOptions(read),
  };
}

function sampling(read: OptionReader): Pick<SearchAsked, 'temperature' | 'topK' | 'topP'> {
  const topK = read.has('top_k') ? read.count('top_k', 0) : DEFAULT_TOP_K;
  const topP = read.positive('top_p', 1);
  return {
    temperature: read.positive('temperature', 1),
    topK: topK === 0 ? null : topK,
    topP: topP < 1 ? topP : null,
  };
}

const earlyStopping = (read: OptionReader): EarlyStopping =>
  read.find('early_stopping').value === 'never' ? 'never' : read.flag('early_stopping', false);

const setOptions = (read: OptionReader): SetOption[] =>
  read.options
    .filter((option) => KNOWN.has(option))
    .map((option) => {
      const { file, value } = read.find(option);
      const harmless = NOT_OBEYED[option];
      const obeyed = value === null || harmless === undefined || harmless.includes(value);
      return { file, option, value: JSON.stringify(value), obeyed };
    });
