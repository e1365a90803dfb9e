import type { HeadConfig, TransformerConfig } from '../config';
import { BERT_BUFFERS, bertStack } from './bertStack';
import { classNameOf } from './classNames';
import { ConfigReader } from './configReader';
import {
  ALL_BUT_NEXT_SENTENCE,
  commonHead,
  denseHead,
  encoderKind,
  hasTensor,
  plainHead,
  poolerNames,
} from './encoderHeads';
import type { Family } from './family';
import { firstTokenDense, labelHead, maskedTokenHead, poolerHead } from './heads';
import { linear, plainStack, prefixIn, type BlockNames, type HeadNames } from './weightNames';

const PREFIX = 'albert.';
const DEFAULT_ACTIVATION = 'gelu_new';

/** Hugging Face `albert` (Lan et al. 2020): narrow tables, layers that share their weights. Defaults are those of `AlbertConfig`. */
export const albert: Family = {
  modelType: 'albert',

  config(json, names): TransformerConfig {
    const read = new ConfigReader(json);
    if (read.count('inner_group_num', 1) !== 1) read.refuse('inner_group_num', '1');
    const activation = read.activation('hidden_act', DEFAULT_ACTIVATION);
    const groups = read.count('num_hidden_groups', 1);
    const stack = bertStack(read, {
      hidden: 4096,
      heads: 64,
      feedForward: 16384,
      vocabulary: 30000,
      embedding: 128,
      padToken: 0,
      numbering: 'index',
    });
    const encoder = { ...stack, activation, groups: Math.min(groups, stack.layers) };
    const { dModel, norm, embedding } = encoder;
    const kind = encoderKind(read, names, ALL_BUT_NEXT_SENTENCE, 'predictions.dense.weight');
    const tied = read.flag('tie_word_embeddings', true);
    const headOf = (): HeadConfig | null => {
      switch (kind) {
        case 'ForMaskedLM':
        case 'ForPreTraining':
          return maskedTokenHead(embedding.vocabulary, tied, {
            width: embedding.width,
            activation,
            norm,
          });
        case 'ForSequenceClassification':
          return labelHead(read, 'sequenceLabels', firstTokenDense(dModel, 'tanh'));
        case 'Model':
          return hasTensor(names, 'pooler.weight') ? poolerHead(dModel) : null;
        default:
          return commonHead(kind, read);
      }
    };
    return {
      modelType: 'albert',
      className: classNameOf(read),
      encoder,
      decoder: null,
      sharedEmbeddings: false,
      head: headOf(),
      padToken: read.token('pad_token_id', 0),
      decoderStartToken: null,
      endTokens: [],
      activationName: read.text('hidden_act', DEFAULT_ACTIVATION),
    };
  },

  weights({ encoder, head }, names) {
    const prefix = prefixIn(names, PREFIX);
    const headNames = (): HeadNames | null => {
      switch (head?.task) {
        case 'maskedToken':
          return {
            transform: linear('predictions.dense'),
            transformNorm: 'predictions.LayerNorm',
            output: ['predictions.decoder.weight'],
            outputBias: ['predictions.bias', 'predictions.decoder.bias'],
          };
        case 'sequenceLabels':
          return denseHead(`${prefix}pooler`, 'classifier');
        case 'tokenLabels':
          return plainHead('classifier');
        case 'answerSpan':
          return plainHead('qa_outputs');
        case null:
          return poolerNames(`${prefix}pooler`);
        default:
          return null;
      }
    };
    const embeddings = `${prefix}embeddings`;
    const { layers, groups } = encoder!;
    return {
      encoder: {
        ...plainStack,
        tokens: [`${embeddings}.word_embeddings.weight`],
        positions: `${embeddings}.position_embeddings.weight`,
        types: `${embeddings}.token_type_embeddings.weight`,
        embeddingNorm: `${embeddings}.LayerNorm`,
        projection: linear(`${prefix}encoder.embedding_hidden_mapping_in`),
        block: (layer) => blockNames(prefix, Math.floor((layer * groups) / layers)),
      },
      decoder: null,
      head: headNames(),
      ignorable: new RegExp(`${BERT_BUFFERS}|^predictions\\.(decoder\\.)?(bias|weight)$`),
    };
  },
};

function blockNames(prefix: string, group: number): BlockNames {
  const block = `${prefix}encoder.albert_layer_groups.${group}.albert_layers.0`;
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
