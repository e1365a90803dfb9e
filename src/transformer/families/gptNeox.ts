import type { TransformerConfig } from '../config';
import { ConfigReader } from './configReader';
import { decoderOnly, outputNames } from './decoderOnly';
import type { Family } from './family';
import { ropeScaling } from './ropeOptions';
import { layerNorm, stackShape } from './stackShape';
import { linear, plainStack, prefixIn, type BlockNames } from './weightNames';

/** Hugging Face `gpt_neox` (Black et al. 2022): part of each head turned, two sub-layers at once. Defaults are those of `GPTNeoXConfig`. */
export const gptNeox: Family = {
  modelType: 'gpt_neox',

  config(json, names): TransformerConfig {
    const read = new ConfigReader(json, {
      rotary_emb_base: 'rope_theta',
      rotary_pct: 'partial_rotary_factor',
    });
    const dModel = read.count('hidden_size', 6144);
    const heads = read.count('num_attention_heads', 64);
    read.divides('num_attention_heads', heads, dModel);
    const headWidth = dModel / heads;
    read.equals('head_dim', read.count('head_dim', headWidth), headWidth);
    const dimensions = Math.trunc(headWidth * read.number('rotary_pct', 0.25));
    if (dimensions < 2 || dimensions % 2 !== 0 || dimensions > headWidth)
      read.refuse('rotary_pct', `2 … ${headWidth} / ${headWidth}`);
    const trained = read.count('max_position_embeddings', 2048);
    const decoder = stackShape({
      layers: read.count('num_hidden_layers', 44),
      dModel,
      heads,
      dFeedForward: read.count('intermediate_size', 24576),
      activation: read.activation('hidden_act', 'gelu'),
      norm: layerNorm(read.number('layer_norm_eps', 1e-5)),
      normPlacement: read.flag('use_parallel_residual', true) ? 'parallel' : 'pre',
      positions: {
        kind: 'rotary',
        dimensions,
        interleaved: false,
        base: read.positive('rotary_emb_base', 10_000),
        scaling: ropeScaling(read, trained),
        trained,
      },
      vocabulary: read.count('vocab_size', 50432),
    });
    return decoderOnly('gpt_neox', read, names, decoder, {
      tied: false,
      endToken: 2,
      padToken: null,
      activation: ['hidden_act', 'gelu'],
    });
  },

  weights({ head }, names, json) {
    const biased = new ConfigReader(json).flag('attention_bias', true);
    const prefix = prefixIn(names, 'gpt_neox.');
    return {
      encoder: null,
      decoder: {
        ...plainStack,
        tokens: [`${prefix}embed_in.weight`],
        block: (layer) => blockNames(`${prefix}layers.${layer}`, biased),
        finalNorm: `${prefix}final_layer_norm`,
      },
      head: head && outputNames('embed_out.weight'),
      ignorable: /\.attention\.(bias|masked_bias|rotary_emb\.inv_freq)$|^embed_out\.weight$/,
    };
  },
};

function blockNames(block: string, biased: boolean): BlockNames {
  return {
    self: {
      projections: { linear: linear(`${block}.attention.query_key_value`, biased), order: 'heads' },
      output: linear(`${block}.attention.dense`, biased),
      queryNorm: null,
      keyNorm: null,
      norm: `${block}.input_layernorm`,
    },
    cross: null,
    expand: linear(`${block}.mlp.dense_h_to_4h`),
    linearHalf: null,
    contract: linear(`${block}.mlp.dense_4h_to_h`),
    feedForwardNorm: `${block}.post_attention_layernorm`,
  };
}
