import type { TransformerConfig } from '../config';
import { ConfigReader } from './configReader';
import { decoderOnly, outputNames } from './decoderOnly';
import type { Family } from './family';
import { layerNorm, stackShape } from './stackShape';
import { linear, plainStack, prefixIn, type BlockNames } from './weightNames';

const ALIASES = {
  n_embd: 'hidden_size',
  n_positions: 'max_position_embeddings',
  n_layer: 'num_hidden_layers',
  n_head: 'num_attention_heads',
};
const END_TOKEN = 50256;
const ROTARY_BASE = 10_000;

/** Hugging Face `gptj` (Wang & Komatsuzaki 2021): neighbouring dimensions are turned, two sub-layers at once. Defaults are those of `GPTJConfig`. */
export const gptj: Family = {
  modelType: 'gptj',

  config(json, names): TransformerConfig {
    const read = new ConfigReader(json, ALIASES);
    const dModel = read.count('n_embd', 4096);
    const heads = read.count('n_head', 16);
    read.divides('n_head', heads, dModel);
    const headWidth = dModel / heads;
    const dimensions = read.countOrNull('rotary_dim', 64) ?? dModel;
    if (dimensions % 2 !== 0 || dimensions > headWidth)
      read.refuse('rotary_dim', `2 … ${headWidth}`);
    const decoder = stackShape({
      layers: read.count('n_layer', 28),
      dModel,
      heads,
      dFeedForward: read.countOrNull('n_inner', null) ?? 4 * dModel,
      activation: read.activation('activation_function', 'gelu_new'),
      norm: layerNorm(read.number('layer_norm_epsilon', 1e-5)),
      normPlacement: 'parallel',
      positions: {
        kind: 'rotary',
        dimensions,
        interleaved: true,
        base: ROTARY_BASE,
        scaling: { kind: 'default' },
        trained: read.count('n_positions', 2048),
      },
      vocabulary: read.count('vocab_size', 50400),
    });
    return decoderOnly('gptj', read, names, decoder, {
      tied: false,
      endToken: END_TOKEN,
      padToken: null,
      activation: ['activation_function', 'gelu_new'],
    });
  },

  weights({ head }, names) {
    const prefix = prefixIn(names, 'transformer.');
    return {
      encoder: null,
      decoder: {
        ...plainStack,
        tokens: [`${prefix}wte.weight`],
        block: (layer) => blockNames(`${prefix}h.${layer}`),
        finalNorm: `${prefix}ln_f`,
      },
      head: head && { ...outputNames('lm_head.weight'), outputBias: ['lm_head.bias'] },
      ignorable: /\.attn\.(bias|masked_bias|embed_positions)$|^lm_head\.weight$/,
    };
  },
};

function blockNames(block: string): BlockNames {
  const projection = (name: string) => linear(`${block}.attn.${name}_proj`, false);
  return {
    self: {
      projections: { query: projection('q'), key: projection('k'), value: projection('v') },
      output: projection('out'),
      queryNorm: null,
      keyNorm: null,
      norm: `${block}.ln_1`,
    },
    cross: null,
    expand: linear(`${block}.mlp.fc_in`),
    linearHalf: null,
    contract: linear(`${block}.mlp.fc_out`),
    feedForwardNorm: null,
  };
}
