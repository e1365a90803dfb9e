import type { TransformerConfig } from '../config';
import { classNameOf } from './classNames';
import { ConfigReader } from './configReader';
import { fairseqStack, sharedTables } from './fairseqNames';
import type { Family } from './family';
import { seq2seqHead } from './seq2seq';
import { layerNorm, stackShape } from './stackShape';
import { prefixIn, type WeightNames } from './weightNames';

const ALIASES = { d_model: 'hidden_size', encoder_attention_heads: 'num_attention_heads' };

/** PyTorch's default, which Marian's config does not mention. */
const LAYER_NORM_EPSILON = 1e-5;

/**
 * Hugging Face `marian` (Junczys-Dowmunt et al. 2018): the paper's model with swish or ReLU, all sines
 * before all cosines, an output bias. Defaults are those of `MarianConfig`.
 */
export const marian: Family = {
  modelType: 'marian',

  config(json): TransformerConfig {
    const read = new ConfigReader(json, ALIASES);
    read.choice('normalize_before', [false], false);
    read.choice('normalize_embedding', [false], false);
    read.choice('add_final_layer_norm', [false], false);
    const dModel = read.count('d_model', 1024);
    const sourceVocabulary = read.count('vocab_size', 58101);
    const sharedEmbeddings = read.flag('share_encoder_decoder_embeddings', true);
    // As in Hugging Face's code, one shared table has one size, whatever the other option says.
    const targetVocabulary = sharedEmbeddings
      ? sourceVocabulary
      : read.count('decoder_vocab_size', sourceVocabulary);
    const count = read.count('max_position_embeddings', 1024);
    const scale = read.flag('scale_embedding', false) ? Math.sqrt(dModel) : 1;
    const stack = (side: 'encoder' | 'decoder', vocabulary: number) => {
      const heads = read.count(`${side}_attention_heads`, 16);
      read.divides(`${side}_attention_heads`, heads, dModel);
      return stackShape({
        layers: read.count(`${side}_layers`, 12),
        dModel,
        heads,
        dFeedForward: read.count(`${side}_ffn_dim`, 4096),
        activation: read.activation('activation_function', 'gelu'),
        norm: layerNorm(LAYER_NORM_EPSILON),
        normPlacement: 'post',
        positions: { kind: 'sinusoidal', count, layout: 'halves' },
        vocabulary,
        embeds: { scale },
      });
    };
    return {
      modelType: 'marian',
      className: classNameOf(read),
      encoder: stack('encoder', sourceVocabulary),
      decoder: stack('decoder', targetVocabulary),
      sharedEmbeddings,
      head: seq2seqHead(read, targetVocabulary, read.flag('tie_word_embeddings', true)),
      padToken: read.token('pad_token_id', 58100),
      decoderStartToken: read.token('decoder_start_token_id', 58100),
      endTokens: read.tokens('eos_token_id', 0),
      activationName: read.text('activation_function', 'gelu'),
    };
  },

  weights({ sharedEmbeddings, head }, names): WeightNames {
    const prefix = prefixIn(names, 'model.');
    const output = 'lm_head.weight';
    const shared = sharedTables(prefix, output);
    const source = `${prefix}encoder.embed_tokens.weight`;
    const target = `${prefix}decoder.embed_tokens.weight`;
    return {
      encoder: fairseqStack(prefix, 'encoder', {
        tokens: sharedEmbeddings ? shared : [source],
        positions: `${prefix}encoder.embed_positions.weight`,
      }),
      decoder: fairseqStack(prefix, 'decoder', {
        tokens: sharedEmbeddings ? shared : [target, output],
        positions: `${prefix}decoder.embed_positions.weight`,
      }),
      head: head && {
        transform: null,
        transformNorm: null,
        output: [output],
        outputBias: ['final_logits_bias'],
        outputBiasShape: [1, head.outputs],
      },
      ignorable: /(shared|embed_tokens|embed_positions|lm_head)\.weight$/,
    };
  },
};
