import type { HeadConfig, TransformerConfig } from '../config';
import { BERT_BUFFERS, bertStack, bertStackNames } from './bertStack';
import { classNameOf } from './classNames';
import { ConfigReader } from './configReader';
import {
  ALL_KINDS,
  commonHead,
  denseHead,
  encoderKind,
  hasTensor,
  plainHead,
  poolerNames,
  refuseDecoder,
} from './encoderHeads';
import type { Family } from './family';
import { firstTokenDense, labelHead, maskedTokenHead, nextSentenceHead, poolerHead } from './heads';
import { linear, prefixIn, type HeadNames } from './weightNames';

const PREFIX = 'bert.';
const POOLER = 'pooler.dense';

/** Hugging Face `bert` (Devlin et al. 2019). Defaults are those of `BertConfig`. */
export const bert: Family = {
  modelType: 'bert',

  config(json, names): TransformerConfig {
    const read = new ConfigReader(json);
    refuseDecoder(read);
    const encoder = bertStack(read, {
      hidden: 768,
      heads: 12,
      feedForward: 3072,
      vocabulary: 30522,
      embedding: null,
      padToken: 0,
      numbering: 'index',
    });
    const { dModel, activation, norm, embedding } = encoder;
    const kind = encoderKind(read, names, ALL_KINDS, 'cls.predictions.transform.dense.weight');
    const tied = read.flag('tie_word_embeddings', true);
    const headOf = (): HeadConfig | null => {
      switch (kind) {
        case 'ForMaskedLM':
        case 'ForPreTraining':
          return maskedTokenHead(embedding.vocabulary, tied, { width: dModel, activation, norm });
        case 'ForSequenceClassification':
          return labelHead(read, 'sequenceLabels', firstTokenDense(dModel, 'tanh'));
        case 'ForNextSentencePrediction':
          return nextSentenceHead(dModel);
        case 'Model':
          return hasTensor(names, `${POOLER}.weight`) ? poolerHead(dModel) : null;
        default:
          return commonHead(kind, read);
      }
    };
    return {
      modelType: 'bert',
      className: classNameOf(read),
      encoder,
      decoder: null,
      sharedEmbeddings: false,
      head: headOf(),
      padToken: read.token('pad_token_id', 0),
      decoderStartToken: null,
      endTokens: [],
      activationName: read.text('hidden_act', 'gelu'),
    };
  },

  weights({ encoder, head, className }, names) {
    const prefix = prefixIn(names, PREFIX);
    const headNames = (): HeadNames | null => {
      switch (head?.task) {
        case 'maskedToken':
          return {
            transform: linear('cls.predictions.transform.dense'),
            transformNorm: 'cls.predictions.transform.LayerNorm',
            output: ['cls.predictions.decoder.weight'],
            outputBias: ['cls.predictions.bias', 'cls.predictions.decoder.bias'],
          };
        case 'sequenceLabels':
          return denseHead(
            `${prefix}${POOLER}`,
            className.endsWith('ForNextSentencePrediction') ? 'cls.seq_relationship' : 'classifier',
          );
        case 'tokenLabels':
          return plainHead('classifier');
        case 'answerSpan':
          return plainHead('qa_outputs');
        case null:
          return poolerNames(`${prefix}${POOLER}`);
        default:
          return null;
      }
    };
    return {
      encoder: bertStackNames(prefix, encoder!),
      decoder: null,
      head: headNames(),
      ignorable: new RegExp(`${BERT_BUFFERS}|^cls\\.predictions\\.(decoder\\.)?(bias|weight)$`),
    };
  },
};
