import type { TransformerConfig } from '../config';
import { ConfigReader } from './configReader';
import { decoderOnly, outputNames } from './decoderOnly';
import type { Family } from './family';
import { layerNorm, stackShape } from './stackShape';
import { linear, plainStack, prefixIn, type BlockNames } from './weightNames';

/** PyTorch's default, which no option changes. */
const EPSILON = 1e-5;
/** Rows of the position table before that of position 0. */
const POSITION_OFFSET = 2;

/** Hugging Face `opt` (Zhang et al. 2022): positions count the tokens of the mask. Defaults are those of `OPTConfig`. */
export const opt: Family = {
  modelType: 'opt',

  config(json, names): TransformerConfig {
    const read = new ConfigReader(json);
    const dModel = read.count('hidden_size', 768);
    const heads = read.count('num_attention_heads', 12);
    read.divides('num_attention_heads', heads, dModel);
    const learned = read.flag('layer_norm_elementwise_affine', true);
    const decoder = stackShape({
      layers: read.count('num_hidden_layers', 12),
      dModel,
      heads,
      dFeedForward: read.count('ffn_dim', 3072),
      activation: read.activation('activation_function', 'relu'),
      norm: { ...layerNorm(EPSILON), learned },
      normPlacement: read.flag('do_layer_norm_before', true) ? 'pre' : 'post',
      positions: {
        kind: 'learned',
        count: read.count('max_position_embeddings', 2048),
        offset: POSITION_OFFSET,
        numbering: 'mask',
      },
      vocabulary: read.count('vocab_size', 50272),
      embeds: { width: read.countOrNull('word_embed_proj_dim', null) ?? dModel },
    });
    return decoderOnly('opt', read, names, decoder, {
      tied: true,
      endToken: 2,
      padToken: 1,
      activation: ['activation_function', 'relu'],
    });
  },

  weights({ decoder, head }, names, json) {
    const read = new ConfigReader(json);
    const bias = read.flag('enable_bias', true);
    const { dModel, embedding, normPlacement } = decoder!;
    const normsLast = normPlacement === 'pre' && !read.flag('_remove_final_layer_norm', false);
    const prefix = `${prefixIn(names, 'model.')}decoder.`;
    const narrow = embedding.width !== dModel;
    return {
      encoder: null,
      decoder: {
        ...plainStack,
        tokens: [`${prefix}embed_tokens.weight`, 'lm_head.weight'],
        positions: `${prefix}embed_positions.weight`,
        projection: narrow ? linear(`${prefix}project_in`, false) : null,
        projectsTokens: true,
        block: (layer) => blockNames(`${prefix}layers.${layer}`, bias),
        finalNorm: normsLast ? `${prefix}final_layer_norm` : null,
        outProjection: narrow ? linear(`${prefix}project_out`, false) : null,
      },
      head: head && outputNames('lm_head.weight'),
      ignorable: /^lm_head\.weight$/,
    };
  },
};

function blockNames(block: string, bias: boolean): BlockNames {
  const projection = (name: string) => linear(`${block}.self_attn.${name}_proj`, bias);
  return {
    self: {
      projections: { query: projection('q'), key: projection('k'), value: projection('v') },
      output: projection('out'),
      queryNorm: null,
      keyNorm: null,
      norm: `${block}.self_attn_layer_norm`,
    },
    cross: null,
    expand: linear(`${block}.fc1`, bias),
    linearHalf: null,
    contract: linear(`${block}.fc2`, bias),
    feedForwardNorm: `${block}.final_layer_norm`,
  };
}
