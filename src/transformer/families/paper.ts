import type { TransformerConfig } from '../config';
import { ConfigReader } from './configReader';
import { fairseqBlockNames, type Family, type WeightNames } from './family';

/** *Attention Is All You Need* in its own layout (`model_type` "transformer"): interleaved sinusoids, ReLU, post-norm, no output bias. */
export const paper: Family = {
  modelType: 'transformer',

  config(json): TransformerConfig {
    const read = new ConfigReader(json);
    read.choice('norm_position', ['post'], 'post');
    const layouts = ['sinusoidal_interleaved', 'sinusoidal_halves'] as const;
    const layout = read.choice('position_embedding', layouts, 'sinusoidal_interleaved');
    const dModel = read.count('d_model', 512);
    const heads = read.count('num_heads', 8);
    read.divides('num_heads', heads, dModel);
    const dFeedForward = read.count('ffn_dim', 2048);
    const sourceVocabulary = read.count('vocab_size', 37000);
    const targetVocabulary = read.count('decoder_vocab_size', sourceVocabulary);
    const sharedEmbeddings = read.flag('share_embeddings', true);
    if (sharedEmbeddings) read.equals('decoder_vocab_size', targetVocabulary, sourceVocabulary);
    return {
      modelType: 'transformer',
      dModel,
      sourceVocabulary,
      targetVocabulary,
      encoder: { layers: read.count('encoder_layers', 6), heads, dFeedForward },
      decoder: { layers: read.count('decoder_layers', 6), heads, dFeedForward },
      activation: read.activation('activation_function', 'relu'),
      layerNormEpsilon: read.number('layer_norm_eps', 1e-5),
      embeddingScale: read.flag('scale_embedding', true) ? Math.sqrt(dModel) : 1,
      positionLayout: layout === 'sinusoidal_interleaved' ? 'interleaved' : 'halves',
      positions: read.count('max_position_embeddings', 1024),
      sharedEmbeddings,
      tiedOutput: read.flag('tie_word_embeddings', true),
      outputBias: false,
      padToken: read.token('pad_token_id', 0),
      decoderStartToken: read.token('decoder_start_token_id', read.token('bos_token_id', 1)),
      endTokens: read.tokens('eos_token_id', 2),
    };
  },

  weights({ sharedEmbeddings }): WeightNames {
    const source = 'encoder.embed_tokens.weight';
    const target = 'decoder.embed_tokens.weight';
    return {
      sourceEmbedding: sharedEmbeddings ? ['shared.weight', source, target] : [source],
      targetEmbedding: sharedEmbeddings ? ['shared.weight', source, target] : [target],
      output: 'lm_head.weight',
      outputBias: 'final_logits_bias',
      block: (stack, layer) => fairseqBlockNames('', stack, layer),
    };
  },
};
