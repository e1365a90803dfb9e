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
import { MAX_LAYERS } from './stackShape';
import { linear, plainStack, prefixIn, type BlockNames, type HeadNames } from './weightNames';

const PREFIX = 'albert.';
const DEFAULT_ACTIVATION = 'gelu_new';

/** Hugging Face `albert` (Lan et al. 2020): narrow tables, layers that share their weights. Defaults are those of `AlbertConfig`. */
export const albert: Family = {
  modelType: 'albert',

  config(json, names): TransformerConfig {
    const read = new ConfigReader(json);
    const activation = read.activation('hidden_act', DEFAULT_ACTIVATION);
    const { inner } = sharing(read);
    const stack = bertStack(read, {
      hidden: 4096,
      heads: 64,
      feedForward: 16384,
      vocabulary: 30000,
      embedding: 128,
      padToken: 0,
      numbering: 'index',
    });
    const layers = stack.layers * inner;
    if (layers > MAX_LAYERS) read.refuse('num_hidden_layers', `1 to ${MAX_LAYERS}`);
    const encoder = { ...stack, activation, layers, blocksPerState: inner };
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

  weights({ encoder, head }, names, json) {
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
    const { groups, inner } = sharing(new ConfigReader(json));
    const layers = encoder!.layers / inner;
    const block = (index: number): BlockNames => {
      const group = Math.floor((Math.floor(index / inner) * groups) / layers);
      return blockNames(
        `${prefix}encoder.albert_layer_groups.${group}.albert_layers.${index % inner}`,
      );
    };
    return {
      encoder: {
        ...plainStack,
        tokens: [`${embeddings}.word_embeddings.weight`],
        positions: `${embeddings}.position_embeddings.weight`,
        types: `${embeddings}.token_type_embeddings.weight`,
        embeddingNorm: `${embeddings}.LayerNorm`,
        projection: linear(`${prefix}encoder.embedding_hidden_mapping_in`),
        block,
      },
      decoder: null,
      head: headNames(),
      ignorable: new RegExp(`${BERT_BUFFERS}|^predictions\\.(decoder\\.)?(bias|weight)$`),
    };
  },
};

/** Groups of layers that share their weights, and blocks that a layer is made of. */
function sharing(read: ConfigReader): { readonly groups: number; readonly inner: number } {
  return {
    groups: read.count('num_hidden_groups', 1),
    inner: read.count('inner_group_num', 1),
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
