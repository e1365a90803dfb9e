import type { StackConfig } from '../config';
import type { ConfigReader } from './configReader';
import { encoderFamily } from './encoderFamily';
import { layerNorm, stackShape } from './stackShape';
import { linear, plainStack, type BlockNames } from './weightNames';

/** Fixed in the reference's code. */
const EPSILON = 1e-12;

/** Hugging Face `distilbert` (Sanh et al. 2019). Defaults are those of `DistilBertConfig`. */
export const distilbert = encoderFamily({
  modelType: 'distilbert',
  prefix: 'distilbert.',
  aliases: {
    dim: 'hidden_size',
    n_heads: 'num_attention_heads',
    n_layers: 'num_hidden_layers',
  },
  activation: ['activation', 'gelu'],
  padToken: 0,
  stack: stackOf,
  stackNames(prefix) {
    const embeddings = `${prefix}embeddings`;
    return {
      ...plainStack,
      tokens: [`${embeddings}.word_embeddings.weight`],
      positions: `${embeddings}.position_embeddings.weight`,
      embeddingNorm: `${embeddings}.LayerNorm`,
      block: (layer) => blockNames(`${prefix}transformer.layer.${layer}`),
    };
  },
  masked: {
    transform: linear('vocab_transform'),
    transformNorm: 'vocab_layer_norm',
    output: ['vocab_projector.weight'],
    outputBias: ['vocab_projector.bias'],
  },
  maskedShape: ({ dModel, activation, norm }) => ({ width: dModel, activation, norm }),
  sequence: { activation: 'relu', dense: 'pre_classifier', output: 'classifier' },
  pooler: null,
  ignorable: /embeddings\.position_ids$|^vocab_projector\.weight$/,
});

function stackOf(read: ConfigReader): StackConfig {
  const dModel = read.count('dim', 768);
  const heads = read.count('n_heads', 12);
  read.divides('n_heads', heads, dModel);
  return stackShape({
    layers: read.count('n_layers', 6),
    dModel,
    heads,
    dFeedForward: read.count('hidden_dim', 3072),
    activation: read.activation('activation', 'gelu'),
    norm: layerNorm(EPSILON),
    normPlacement: 'post',
    // Sinusoidal ones are kept in the checkpoint like learned ones.
    positions: {
      kind: 'learned',
      count: read.count('max_position_embeddings', 512),
      offset: 0,
      numbering: 'index',
    },
    vocabulary: read.count('vocab_size', 30522),
  });
}

function blockNames(block: string): BlockNames {
  return {
    self: {
      projections: {
        query: linear(`${block}.attention.q_lin`),
        key: linear(`${block}.attention.k_lin`),
        value: linear(`${block}.attention.v_lin`),
      },
      output: linear(`${block}.attention.out_lin`),
      queryNorm: null,
      keyNorm: null,
      norm: `${block}.sa_layer_norm`,
    },
    cross: null,
    expand: linear(`${block}.ffn.lin1`),
    linearHalf: null,
    contract: linear(`${block}.ffn.lin2`),
    feedForwardNorm: `${block}.output_layer_norm`,
  };
}
