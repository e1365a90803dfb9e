import type { StackConfig } from '../config';
import { BERT_BUFFERS, bertStack } from './bertStack';
import type { ConfigReader } from './configReader';
import { encoderFamily } from './encoderFamily';
import { MAX_LAYERS } from './stackShape';
import { linear, plainStack, type BlockNames, type StackNames } from './weightNames';

const ACTIVATION = ['hidden_act', 'gelu_new'] as const;

/** Hugging Face `albert` (Lan et al. 2020): narrow tables, layers that share their weights. Defaults are those of `AlbertConfig`. */
export const albert = encoderFamily({
  modelType: 'albert',
  prefix: 'albert.',
  activation: ACTIVATION,
  padToken: 0,
  stack: stackOf,
  stackNames,
  masked: {
    transform: linear('predictions.dense'),
    transformNorm: 'predictions.LayerNorm',
    output: ['predictions.decoder.weight'],
    outputBias: ['predictions.bias', 'predictions.decoder.bias'],
  },
  maskedShape: ({ embedding, activation, norm }) => ({ width: embedding.width, activation, norm }),
  sequence: { activation: 'tanh', dense: null, output: 'classifier' },
  pooler: 'pooler',
  ignorable: new RegExp(`${BERT_BUFFERS}|^predictions\\.(decoder\\.)?(bias|weight)$`),
});

function stackOf(read: ConfigReader): StackConfig {
  const stack = bertStack(read, {
    hidden: 4096,
    heads: 64,
    feedForward: 16384,
    vocabulary: 30000,
    embedding: 128,
    padToken: 0,
    numbering: 'index',
  });
  const { inner } = sharing(read);
  const layers = stack.layers * inner;
  if (layers > MAX_LAYERS) read.refuse('num_hidden_layers', `1 to ${MAX_LAYERS}`);
  return { ...stack, activation: read.activation(...ACTIVATION), layers, blocksPerState: inner };
}

/** Groups of layers that share their weights, and blocks that a layer is made of. */
function sharing(read: ConfigReader): { readonly groups: number; readonly inner: number } {
  return {
    groups: read.count('num_hidden_groups', 1),
    inner: read.count('inner_group_num', 1),
  };
}

function stackNames(prefix: string, stack: StackConfig, read: ConfigReader): StackNames {
  const { groups, inner } = sharing(read);
  const layers = stack.layers / inner;
  const embeddings = `${prefix}embeddings`;
  return {
    ...plainStack,
    tokens: [`${embeddings}.word_embeddings.weight`],
    positions: `${embeddings}.position_embeddings.weight`,
    types: `${embeddings}.token_type_embeddings.weight`,
    embeddingNorm: `${embeddings}.LayerNorm`,
    projection: linear(`${prefix}encoder.embedding_hidden_mapping_in`),
    block(index) {
      const group = Math.floor((Math.floor(index / inner) * groups) / layers);
      return blockNames(
        `${prefix}encoder.albert_layer_groups.${group}.albert_layers.${index % inner}`,
      );
    },
  };
}

function blockNames(block: string): BlockNames {
  return {
    self: {
      projections: {
        query: linear(`${block}.attention.query`),
        key: linear(`${block}.attention.key`),
        value: linear(`${block}.attention.value`),
      },
      output: linear(`${block}.attention.dense`),
      queryNorm: null,
      keyNorm: null,
      norm: `${block}.attention.LayerNorm`,
    },
    cross: null,
    expand: linear(`${block}.ffn`),
    linearHalf: null,
    contract: linear(`${block}.ffn_output`),
    feedForwardNorm: `${block}.full_layer_layer_norm`,
  };
}
