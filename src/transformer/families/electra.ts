import { BERT_BUFFERS, bertStack, bertStackNames } from './bertStack';
import { encoderFamily } from './encoderFamily';
import { linear } from './weightNames';

/** Hugging Face `electra` (Clark et al. 2020): generator and discriminator. Defaults are those of `ElectraConfig`. */
export const electra = encoderFamily({
  modelType: 'electra',
  prefix: 'electra.',
  activation: ['hidden_act', 'gelu'],
  padToken: 0,
  stack: (read) =>
    bertStack(read, {
      hidden: 256,
      heads: 4,
      feedForward: 1024,
      vocabulary: 30522,
      embedding: 128,
      padToken: 0,
      numbering: 'index',
    }),
  stackNames: bertStackNames,
  masked: {
    transform: linear('generator_predictions.dense'),
    transformNorm: 'generator_predictions.LayerNorm',
    output: ['generator_lm_head.weight'],
    outputBias: ['generator_lm_head.bias'],
  },
  // The gelu of this head and of the classifier is fixed, whatever hidden_act says.
  maskedShape: ({ embedding, norm }) => ({ width: embedding.width, activation: 'gelu', norm }),
  sequence: { activation: 'gelu', dense: 'classifier.dense', output: 'classifier.out_proj' },
  pooler: null,
  replaced: {
    dense: 'discriminator_predictions.dense',
    output: 'discriminator_predictions.dense_prediction',
  },
  ignorable: new RegExp(`${BERT_BUFFERS}|^generator_lm_head\\.weight$`),
});
