import type { StackConfig, TransformerConfig } from '../config';
import { classNameOf } from './classNames';
import { ConfigReader } from './configReader';
import { fairseqStack, sharedTables } from './fairseqNames';
import type { Family } from './family';
import { seq2seqHead } from './seq2seq';
import { layerNorm, stackShape } from './stackShape';
import { prefixIn, type WeightNames } from './weightNames';

/** PyTorch's default, which no option changes. */
const EPSILON = 1e-5;
/** Rows of the position table before that of position 0. */
const POSITION_OFFSET = 2;

const ALIASES = { d_model: 'hidden_size', encoder_attention_heads: 'num_attention_heads' };

/** In what BART and mBART differ. */
export interface BartDialect {
  readonly modelType: string;
  readonly normPlacement: StackConfig['normPlacement'];
  /** Each stack ends with a norm. */
  readonly normsLast: boolean;
  readonly startToken: number | null;
}

/** BART (Lewis et al. 2020) and its multilingual sister (Liu et al. 2020): learned positions, normalised embeddings. */
export function bartLike(dialect: BartDialect): Family {
  return {
    modelType: dialect.modelType,

    config(json): TransformerConfig {
      const read = new ConfigReader(json, ALIASES);
      const dModel = read.count('d_model', 1024);
      const vocabulary = read.count('vocab_size', 50265);
      const count = read.count('max_position_embeddings', 1024);
      const scale = read.flag('scale_embedding', false) ? Math.sqrt(dModel) : 1;
      const tied = read.flag('tie_word_embeddings', true);
      const stack = (side: 'encoder' | 'decoder') => {
        const heads = read.count(`${side}_attention_heads`, 16);
        read.divides(`${side}_attention_heads`, heads, dModel);
        return stackShape({
          layers: read.count(`${side}_layers`, 12),
          dModel,
          heads,
          dFeedForward: read.count(`${side}_ffn_dim`, 4096),
          activation: read.activation('activation_function', 'gelu'),
          norm: layerNorm(EPSILON),
          normPlacement: dialect.normPlacement,
          positions: { kind: 'learned', count, offset: POSITION_OFFSET, numbering: 'index' },
          vocabulary,
          embeds: { scale },
        });
      };
      return {
        modelType: dialect.modelType,
        className: classNameOf(read),
        encoder: stack('encoder'),
        decoder: stack('decoder'),
        sharedEmbeddings: tied,
        head: seq2seqHead(read, vocabulary, tied),
        padToken: read.token('pad_token_id', 1),
        decoderStartToken:
          dialect.startToken === null
            ? null
            : read.token('decoder_start_token_id', dialect.startToken),
        endTokens: read.tokens('eos_token_id', 2),
        activationName: read.text('activation_function', 'gelu'),
      };
    },

    weights({ sharedEmbeddings, head }, names): WeightNames {
      const prefix = prefixIn(names, 'model.');
      const output = 'lm_head.weight';
      const shared = sharedTables(prefix, output);
      const stack = (side: 'encoder' | 'decoder') =>
        fairseqStack(prefix, side, {
          tokens: sharedEmbeddings ? shared : [`${prefix}${side}.embed_tokens.weight`, ...shared],
          positions: `${prefix}${side}.embed_positions.weight`,
          embeddingNorm: `${prefix}${side}.layernorm_embedding`,
          finalNorm: dialect.normsLast ? `${prefix}${side}.layer_norm` : null,
        });
      return {
        encoder: stack('encoder'),
        decoder: stack('decoder'),
        head: head && {
          transform: null,
          transformNorm: null,
          output: [output],
          outputBias: ['final_logits_bias'],
          outputBiasShape: [1, head.outputs],
          outputBiasOptional: true,
        },
        ignorable: /((shared|embed_tokens|lm_head)\.weight|\.version)$/,
      };
    },
  };
}
