import type { HeadConfig, TransformerConfig } from '../config';
import { BERT_BUFFERS, bertStack, bertStackNames } from './bertStack';
import { classNameOf } from './classNames';
import { ConfigReader } from './configReader';
import {
  ALL_BUT_NEXT_SENTENCE,
  commonHead,
  denseHead,
  encoderKind,
  plainHead,
  refuseDecoder,
} from './encoderHeads';
import type { Family } from './family';
import { firstTokenDense, labelHead, maskedTokenHead, replacedTokenHead } from './heads';
import { linear, prefixIn, type HeadNames } from './weightNames';

const PREFIX = 'electra.';

/** Hugging Face `electra` (Clark et al. 2020): generator and discriminator. Defaults are those of `ElectraConfig`. */
export const electra: Family = {
  modelType: 'electra',

  config(json, names): TransformerConfig {
    const read = new ConfigReader(json);
    refuseDecoder(read);
    const encoder = bertStack(read, {
      hidden: 256,
      heads: 4,
      feedForward: 1024,
      vocabulary: 30522,
      embedding: 128,
      padToken: 0,
      numbering: 'index',
    });
    const { dModel, norm, embedding, activation } = encoder;
    const masked = 'generator_predictions.dense.weight';
    const kind =
      classNameOf(read) === '' && names.has('discriminator_predictions.dense.weight')
        ? 'ForPreTraining'
        : encoderKind(read, names, ALL_BUT_NEXT_SENTENCE, masked);
    const headOf = (): HeadConfig | null => {
      switch (kind) {
        case 'ForMaskedLM': // gelu is fixed here and in the classifier, whatever hidden_act says
          return maskedTokenHead(embedding.vocabulary, read.flag('tie_word_embeddings', true), {
            width: embedding.width,
            activation: 'gelu',
            norm,
          });
        case 'ForPreTraining':
          return replacedTokenHead(dModel, activation);
        case 'ForSequenceClassification':
          return labelHead(read, 'sequenceLabels', firstTokenDense(dModel, 'gelu'));
        case 'Model':
          return null;
        default:
          return commonHead(kind, read);
      }
    };
    return {
      modelType: 'electra',
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

  weights({ encoder, head }, names) {
    const headNames = (): HeadNames | null => {
      switch (head?.task) {
        case 'maskedToken':
          return {
            transform: linear('generator_predictions.dense'),
            transformNorm: 'generator_predictions.LayerNorm',
            output: ['generator_lm_head.weight'],
            outputBias: ['generator_lm_head.bias'],
          };
        case 'replacedToken':
          return denseHead(
            'discriminator_predictions.dense',
            'discriminator_predictions.dense_prediction',
          );
        case 'sequenceLabels':
          return denseHead('classifier.dense', 'classifier.out_proj');
        case 'tokenLabels':
          return plainHead('classifier');
        case 'answerSpan':
          return plainHead('qa_outputs');
        default:
          return null;
      }
    };
    return {
      encoder: bertStackNames(prefixIn(names, PREFIX), encoder!),
      decoder: null,
      head: headNames(),
      ignorable: new RegExp(`${BERT_BUFFERS}|^generator_lm_head\\.weight$`),
    };
  },
};
