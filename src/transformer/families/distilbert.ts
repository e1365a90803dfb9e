import type { HeadConfig, TransformerConfig } from '../config';
import { classNameOf } from './classNames';
import { ConfigReader } from './configReader';
import {
  ALL_BUT_NEXT_SENTENCE,
  commonHead,
  denseHead,
  encoderKind,
  plainHead,
} from './encoderHeads';
import type { Family } from './family';
import { firstTokenDense, labelHead, maskedTokenHead } from './heads';
import { layerNorm, stackShape } from './stackShape';
import { linear, plainStack, prefixIn, type BlockNames, type HeadNames } from './weightNames';

const PREFIX = 'distilbert.';
/** Fixed in the reference's code. */
const EPSILON = 1e-12;

/** Hugging Face `distilbert` (Sanh et al. 2019). Defaults are those of `DistilBertConfig`. */
export const distilbert: Family = {
  modelType: 'distilbert',

  config(json, names): TransformerConfig {
    const read = new ConfigReader(json, {
      dim: 'hidden_size',
      n_heads: 'num_attention_heads',
      n_layers: 'num_hidden_layers',
    });
    const dModel = read.count('dim', 768);
    const heads = read.count('n_heads', 12);
    read.divides('n_heads', heads, dModel);
    const activation = read.activation('activation', 'gelu');
    const norm = layerNorm(EPSILON);
    const encoder = stackShape({
      layers: read.count('n_layers', 6),
      dModel,
      heads,
      dFeedForward: read.count('hidden_dim', 3072),
      activation,
      norm,
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
    const kind = encoderKind(read, names, ALL_BUT_NEXT_SENTENCE, 'vocab_transform.weight');
    const tied = read.flag('tie_word_embeddings', true);
    const headOf = (): HeadConfig | null => {
      switch (kind) {
        case 'ForMaskedLM':
        case 'ForPreTraining':
          return maskedTokenHead(encoder.embedding.vocabulary, tied, {
            width: dModel,
            activation,
            norm,
          });
        case 'ForSequenceClassification':
          return labelHead(read, 'sequenceLabels', firstTokenDense(dModel, 'relu'));
        case 'Model':
          return null;
        default:
          return commonHead(kind, read);
      }
    };
    return {
      modelType: 'distilbert',
      className: classNameOf(read),
      encoder,
      decoder: null,
      sharedEmbeddings: false,
      head: headOf(),
      padToken: read.token('pad_token_id', 0),
      decoderStartToken: null,
      endTokens: [],
      activationName: read.text('activation', 'gelu'),
    };
  },

  weights({ head }, names) {
    const prefix = prefixIn(names, PREFIX);
    const headNames = (): HeadNames | null => {
      switch (head?.task) {
        case 'maskedToken':
          return {
            transform: linear('vocab_transform'),
            transformNorm: 'vocab_layer_norm',
            output: ['vocab_projector.weight'],
            outputBias: ['vocab_projector.bias'],
          };
        case 'sequenceLabels':
          return denseHead('pre_classifier', 'classifier');
        case 'tokenLabels':
          return plainHead('classifier');
        case 'answerSpan':
          return plainHead('qa_outputs');
        default:
          return null;
      }
    };
    const embeddings = `${prefix}embeddings`;
    return {
      encoder: {
        ...plainStack,
        tokens: [`${embeddings}.word_embeddings.weight`],
        positions: `${embeddings}.position_embeddings.weight`,
        embeddingNorm: `${embeddings}.LayerNorm`,
        block: (layer) => blockNames(`${prefix}transformer.layer.${layer}`),
      },
      decoder: null,
      head: headNames(),
      ignorable: /embeddings\.position_ids$|^vocab_projector\.weight$/,
    };
  },
};

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
