import type { TransformerConfig } from '../config';
import { ConfigReader } from './configReader';
import { decoderOnly, outputNames } from './decoderOnly';
import type { Family } from './family';
import { layerNorm, stackShape } from './stackShape';
import { linear, plainStack, prefixIn, type BlockNames } from './weightNames';

const ALIASES = { n_layer: 'num_hidden_layers', n_head: 'num_attention_heads' };

/** Hugging Face `bloom` (Le Scao et al. 2022): ALiBi, normalised embeddings. Defaults are those of `BloomConfig`. */
export const bloom: Family = {
  modelType: 'bloom',

  config(json, names): TransformerConfig {
    const read = new ConfigReader(json, ALIASES);
    // The name that the first checkpoints have wins, as in the reference.
    const width = (read.value('n_embed') ?? null) === null ? 'hidden_size' : 'n_embed';
    const dModel = read.count(width, 64);
    const heads = read.count('n_head', 8);
    read.divides('n_head', heads, dModel);
    const decoder = stackShape({
      layers: read.count('n_layer', 2),
      dModel,
      heads,
      dFeedForward: 4 * dModel,
      activation: 'gelu_new', // fixed in the reference's code
      norm: layerNorm(read.number('layer_norm_epsilon', 1e-5)),
      normPlacement: 'pre',
      residualIsNormed: read.flag('apply_residual_connection_post_layernorm', false),
      positions: { kind: 'alibi', trained: read.countOrNull('seq_length', null) },
      vocabulary: read.count('vocab_size', 250880),
    });
    return decoderOnly('bloom', read, names, decoder, {
      tied: true,
      endToken: 2,
      padToken: null,
      activation: ['', 'gelu'],
    });
  },

  weights({ head }, names) {
    const prefix = prefixIn(names, 'transformer.');
    return {
      encoder: null,
      decoder: {
        ...plainStack,
        tokens: [`${prefix}word_embeddings.weight`, 'lm_head.weight'],
        embeddingNorm: `${prefix}word_embeddings_layernorm`,
        block: (layer) => blockNames(`${prefix}h.${layer}`),
        finalNorm: `${prefix}ln_f`,
      },
      head: head && outputNames('lm_head.weight'),
      ignorable: /^lm_head\.weight$/,
    };
  },
};

function blockNames(block: string): BlockNames {
  return {
    self: {
      projections: { linear: linear(`${block}.self_attention.query_key_value`), order: 'heads' },
      output: linear(`${block}.self_attention.dense`),
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
