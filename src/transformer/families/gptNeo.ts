import type { TransformerConfig } from '../config';
import { ConfigReader } from './configReader';
import { decoderOnly, outputNames } from './decoderOnly';
import type { Family } from './family';
import { layerNorm, MAX_LAYERS, stackShape } from './stackShape';
import { linear, plainStack, prefixIn, type BlockNames } from './weightNames';

const ALIASES = { num_heads: 'num_attention_heads', num_layers: 'num_hidden_layers' };
const END_TOKEN = 50256;

/** Hugging Face `gpt_neo` (Black et al. 2021): scores are not scaled, every other layer sees a window. Defaults are those of `GPTNeoConfig`. */
export const gptNeo: Family = {
  modelType: 'gpt_neo',

  config(json, names): TransformerConfig {
    const read = new ConfigReader(json, ALIASES);
    const dModel = read.count('hidden_size', 2048);
    const heads = read.count('num_heads', 16);
    read.divides('num_heads', heads, dModel);
    const layers = read.count('num_layers', 24);
    if (layers > MAX_LAYERS) read.refuse('num_layers', `1 to ${MAX_LAYERS}`);
    const kinds = layerKinds(read, layers);
    const window = read.count('window_size', 256);
    const decoder = stackShape({
      layers,
      dModel,
      heads,
      dFeedForward: read.countOrNull('intermediate_size', null) ?? 4 * dModel,
      activation: read.activation('activation_function', 'gelu_new'),
      norm: layerNorm(read.number('layer_norm_epsilon', 1e-5)),
      normPlacement: 'pre',
      positions: {
        kind: 'learned',
        count: read.count('max_position_embeddings', 2048),
        offset: 0,
        numbering: 'index',
      },
      vocabulary: read.count('vocab_size', 50257),
      scoreScale: () => 1,
      window: (layer) => (kinds[layer] === 'local' ? window : null),
    });
    return decoderOnly('gpt_neo', read, names, decoder, {
      tied: true,
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
        tokens: [`${prefix}wte.weight`, 'lm_head.weight'],
        positions: `${prefix}wpe.weight`,
        block: (layer) => blockNames(`${prefix}h.${layer}`),
        finalNorm: `${prefix}ln_f`,
      },
      head: head && outputNames('lm_head.weight'),
      ignorable: /\.attention\.(bias|masked_bias)$|^lm_head\.weight$/,
    };
  },
};

/** `[[["global", "local"], 12]]`: a pattern and how often it repeats, one after another. */
function layerKinds(read: ConfigReader, layers: number): readonly string[] {
  const types = read.value('attention_types') ?? [[['global', 'local'], layers / 2]];
  const kinds: string[] = [];
  for (const group of Array.isArray(types) ? types : [null]) {
    const [pattern, times]: unknown[] = Array.isArray(group) ? group : [];
    const known =
      Array.isArray(pattern) &&
      pattern.length > 0 &&
      pattern.every((kind) => kind === 'global' || kind === 'local');
    // More kinds than layers would only cost memory before they are refused.
    const left = layers - kinds.length;
    if (!known || typeof times !== 'number' || !(times >= 0 && times * pattern.length <= left))
      read.refuse('attention_types', '[[["global", "local"], n]]');
    for (let i = 0; i < times; i++) kinds.push(...pattern);
  }
  if (kinds.length !== layers) read.refuse('attention_types', `num_layers (${layers})`);
  return kinds;
}

function blockNames(block: string): BlockNames {
  const attention = `${block}.attn.attention`;
  return {
    self: {
      projections: {
        query: linear(`${attention}.q_proj`, false),
        key: linear(`${attention}.k_proj`, false),
        value: linear(`${attention}.v_proj`, false),
      },
      output: linear(`${attention}.out_proj`),
      queryNorm: null,
      keyNorm: null,
      norm: `${block}.ln_1`,
    },
    cross: null,
    expand: linear(`${block}.mlp.c_fc`),
    linearHalf: null,
    contract: linear(`${block}.mlp.c_proj`),
    feedForwardNorm: `${block}.ln_2`,
  };
}
