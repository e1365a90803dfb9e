import type { TransformerConfig } from '../config';
import { ConfigReader } from './configReader';
import { decoderOnly, outputNames } from './decoderOnly';
import type { Family } from './family';
import { layerNorm, stackShape } from './stackShape';
import { conv1D, plainStack, prefixIn, type BlockNames } from './weightNames';

const ALIASES = {
  n_embd: 'hidden_size',
  n_positions: 'max_position_embeddings',
  n_layer: 'num_hidden_layers',
  n_head: 'num_attention_heads',
};
const END_TOKEN = 50256;

/** Hugging Face `gpt2` (Radford et al. 2019). Defaults are those of `GPT2Config`. */
export const gpt2: Family = {
  modelType: 'gpt2',

  config(json, names): TransformerConfig {
    const read = new ConfigReader(json, ALIASES);
    read.choice('add_cross_attention', [false], false);
    const dModel = read.count('n_embd', 768);
    const heads = read.count('n_head', 12);
    read.divides('n_head', heads, dModel);
    const scale = read.flag('scale_attn_weights', true) ? 1 / Math.sqrt(dModel / heads) : 1;
    const byLayer = read.flag('scale_attn_by_inverse_layer_idx', false);
    const decoder = stackShape({
      layers: read.count('n_layer', 12),
      dModel,
      heads,
      dFeedForward: read.countOrNull('n_inner', null) ?? 4 * dModel,
      activation: read.activation('activation_function', 'gelu_new'),
      norm: layerNorm(read.number('layer_norm_epsilon', 1e-5)),
      normPlacement: 'pre',
      positions: {
        kind: 'learned',
        count: read.count('n_positions', 1024),
        offset: 0,
        numbering: 'index',
      },
      vocabulary: read.count('vocab_size', 50257),
      scoreScale: (layer) => (byLayer ? scale / (layer + 1) : scale),
    });
    return decoderOnly('gpt2', read, names, decoder, {
      tied: true,
      endToken: END_TOKEN,
      padToken: null,
      activation: ['activation_function', 'gelu_new'],
    });
  },

  weights({ head }, names) {
    const prefix = prefixIn(names, 'transformer.');
    // Some smaller descendants (minGPT's) have no biases there: then none of their layers has.
    const biased = [...names].some((name) => name.endsWith('.attn.c_attn.bias'));
    return {
      encoder: null,
      decoder: {
        ...plainStack,
        tokens: [`${prefix}wte.weight`, 'lm_head.weight'],
        positions: `${prefix}wpe.weight`,
        block: (layer) => blockNames(`${prefix}h.${layer}`, biased),
        finalNorm: `${prefix}ln_f`,
      },
      head: head && outputNames('lm_head.weight'),
      ignorable: /\.attn\.(bias|masked_bias)$|^lm_head\.weight$/,
    };
  },
};

function blockNames(block: string, biased: boolean): BlockNames {
  return {
    self: {
      projections: { linear: conv1D(`${block}.attn.c_attn`, biased), order: 'parts' },
      output: conv1D(`${block}.attn.c_proj`),
      queryNorm: null,
      keyNorm: null,
      norm: `${block}.ln_1`,
    },
    cross: null,
    expand: conv1D(`${block}.mlp.c_fc`),
    linearHalf: null,
    contract: conv1D(`${block}.mlp.c_proj`),
    feedForwardNorm: `${block}.ln_2`,
  };
}
