import type { TransformerConfig } from '../config';
import { classNameOf } from './classNames';
import { ConfigReader } from './configReader';
import { fairseqStack } from './fairseqNames';
import type { Family } from './family';
import { nextTokenHead } from './heads';
import { layerNorm, stackShape } from './stackShape';
import type { WeightNames } from './weightNames';

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
    const count = read.count('max_position_embeddings', 1024);
    const stack = (side: 'encoder' | 'decoder', vocabulary: number) =>
      stackShape({
        layers: read.count(`${side}_layers`, 6),
        dModel,
        heads,
        dFeedForward,
        activation: read.activation('activation_function', 'relu'),
        norm: layerNorm(read.number('layer_norm_eps', 1e-5)),
        normPlacement: 'post',
        positions: {
          kind: 'sinusoidal',
          count,
          layout: layout === 'sinusoidal_interleaved' ? 'interleaved' : 'halves',
        },
        vocabulary,
        embeds: { scale: read.flag('scale_embedding', true) ? Math.sqrt(dModel) : 1 },
      });
    return {
      modelType: 'transformer',
      className: classNameOf(read),
      encoder: stack('encoder', sourceVocabulary),
      decoder: stack('decoder', targetVocabulary),
      sharedEmbeddings,
      head: nextTokenHead(targetVocabulary, read.flag('tie_word_embeddings', true)),
      padToken: read.token('pad_token_id', 0),
      decoderStartToken: read.token('decoder_start_token_id', read.token('bos_token_id', 1)),
      endTokens: read.tokens('eos_token_id', 2),
      activationName: read.text('activation_function', 'relu'),
    };
  },

  weights({ sharedEmbeddings }): WeightNames {
    const source = 'encoder.embed_tokens.weight';
    const target = 'decoder.embed_tokens.weight';
    const shared = ['shared.weight', source, target];
    return {
      encoder: fairseqStack('', 'encoder', { tokens: sharedEmbeddings ? shared : [source] }),
      decoder: fairseqStack('', 'decoder', { tokens: sharedEmbeddings ? shared : [target] }),
      head: {
        transform: null,
        transformNorm: null,
        output: ['lm_head.weight'],
        outputBias: null,
      },
      ignorable: /^(shared|(encoder|decoder)\.embed_tokens|lm_head)\.weight$/,
    };
  },
};
