import type { HeadConfig, TransformerConfig } from '../config';
import { BERT_BUFFERS, bertStack, bertStackNames } from './bertStack';
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
  refuseDecoder,
} from './encoderHeads';
import type { Family } from './family';
import { firstTokenDense, labelHead, maskedTokenHead, poolerHead } from './heads';
import { linear, prefixIn, type HeadNames } from './weightNames';

const PREFIX = 'roberta.';
const PAD_TOKEN = 1;

/** Hugging Face `roberta` (Liu et al. 2019): positions count tokens that are not padding. Defaults are those of `RobertaConfig`. */
export const roberta: Family = {
  modelType: 'roberta',

  config(json, names): TransformerConfig {
    const read = new ConfigReader(json);
    refuseDecoder(read);
    const encoder = bertStack(read, {
      hidden: 768,
      heads: 12,
      feedForward: 3072,
      vocabulary: 50265,
      embedding: null,
      padToken: PAD_TOKEN,
      numbering: 'notPadding',
    });
    const { dModel, norm, embedding } = encoder;
    const tied = read.flag('tie_word_embeddings', true);
    const kind = encoderKind(read, names, ALL_BUT_NEXT_SENTENCE, 'lm_head.dense.weight');
    const headOf = (): HeadConfig | null => {
      switch (kind) {
        case 'ForMaskedLM':
        case 'ForPreTraining':
          // This head's gelu is fixed, whatever hidden_act says.
          return maskedTokenHead(embedding.vocabulary, tied, {
            width: dModel,
            activation: 'gelu',
            norm,
          });
        case 'ForSequenceClassification':
          return labelHead(read, 'sequenceLabels', firstTokenDense(dModel, 'tanh'));
        case 'Model':
          return hasTensor(names, 'pooler.dense.weight') ? poolerHead(dModel) : null;
        default:
          return commonHead(kind, read);
      }
    };
    return {
      modelType: 'roberta',
      className: classNameOf(read),
      encoder,
      decoder: null,
      sharedEmbeddings: false,
      head: headOf(),
      padToken: read.token('pad_token_id', PAD_TOKEN),
      decoderStartToken: null,
      endTokens: [],
      activationName: read.text('hidden_act', 'gelu'),
    };
  },

  weights({ encoder, head }, names) {
    const prefix = prefixIn(names, PREFIX);
    const headNames = (): HeadNames | null => {
      switch (head?.task) {
        case 'maskedToken':
          return {
            transform: linear('lm_head.dense'),
            transformNorm: 'lm_head.layer_norm',
            output: ['lm_head.decoder.weight'],
            outputBias: ['lm_head.bias', 'lm_head.decoder.bias'],
          };
        case 'sequenceLabels':
          return denseHead('classifier.dense', 'classifier.out_proj');
        case 'tokenLabels':
          return plainHead('classifier');
        case 'answerSpan':
          return plainHead('qa_outputs');
        case null:
          return poolerNames(`${prefix}pooler.dense`);
        default:
          return null;
      }
    };
    return {
      encoder: bertStackNames(prefix, encoder!),
      decoder: null,
      head: headNames(),
      ignorable: new RegExp(`${BERT_BUFFERS}|^lm_head\\.(decoder\\.)?(bias|weight)$`),
    };
  },
};
