import type { TransformerConfig } from '../config';
import { ConfigReader } from './configReader';
import { fairseqBlockNames, type Family, type WeightNames } from './family';

/** PyTorch's default, which Marian's config does not mention. */
const LAYER_NORM_EPSILON = 1e-5;

/**
 * Hugging Face `marian` (Junczys-Dowmunt et al. 2018): the paper's model with swish or ReLU, all sines
 * before all cosines, an output bias. Defaults are those of `MarianConfig`.
 */
export const marian: Family = {
  modelType: 'marian',

  config(json): TransformerConfig {
    const read = new ConfigReader(json);
    read.choice('normalize_before', [false], false);
    read.choice('normalize_embedding', [false], false);
    read.choice('add_final_layer_norm', [false], false);
    const dModel = read.count('d_model', 1024);
    const encoderHeads = read.count('encoder_attention_heads', 16);
    const decoderHeads = read.count('decoder_attention_heads', 16);
    read.divides('encoder_attention_heads', encoderHeads, dModel);
    read.divides('decoder_attention_heads', decoderHeads, dModel);
    const sourceVocabulary = read.count('vocab_size', 58101);
    const sharedEmbeddings = read.flag('share_encoder_decoder_embeddings', true);
    return {
      modelType: 'marian',
      dModel,
      sourceVocabulary,
      // As in Hugging Face's code, one shared table has one size, whatever the other option says.
      targetVocabulary: sharedEmbeddings
        ? sourceVocabulary
        : read.count('decoder_vocab_size', sourceVocabulary),
      encoder: {
        layers: read.count('encoder_layers', 12),
        heads: encoderHeads,
        dFeedForward: read.count('encoder_ffn_dim', 4096),
      },
      decoder: {
        layers: read.count('decoder_layers', 12),
        heads: decoderHeads,
        dFeedForward: read.count('decoder_ffn_dim', 4096),
      },
      activation: read.activation('activation_function', 'gelu'),
      layerNormEpsilon: LAYER_NORM_EPSILON,
      embeddingScale: read.flag('scale_embedding', false) ? Math.sqrt(dModel) : 1,
      positionLayout: 'halves',
      positions: read.count('max_position_embeddings', 1024),
      sharedEmbeddings,
      tiedOutput: read.flag('tie_word_embeddings', true),
      outputBias: true,
      padToken: read.token('pad_token_id', 58100),
      decoderStartToken: read.token('decoder_start_token_id', 58100),
      endTokens: read.tokens('eos_token_id', 0),
    };
  },

  weights({ sharedEmbeddings }): WeightNames {
    // safetensors keeps only one of several tensors that share memory, under any of their names.
    const shared = ['model.shared.weight'];
    const source = 'model.encoder.embed_tokens.weight';
    const target = 'model.decoder.embed_tokens.weight';
    const all = [...shared, source, target, 'lm_head.weight'];
    return {
      sourceEmbedding: sharedEmbeddings ? all : [source],
      targetEmbedding: sharedEmbeddings ? all : [target, 'lm_head.weight'],
      output: 'lm_head.weight',
      outputBias: 'final_logits_bias',
      block: (stack, layer) => fairseqBlockNames('model.', stack, layer),
    };
  },
};
