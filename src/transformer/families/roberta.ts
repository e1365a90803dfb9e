import { BERT_BUFFERS, bertStack, bertStackNames } from './bertStack';
import { encoderFamily } from './encoderFamily';
import { linear } from './weightNames';

const PAD_TOKEN = 1;

/** Hugging Face `roberta` (Liu et al. 2019): positions count tokens that are not padding. Defaults are those of `RobertaConfig`. */
export const roberta = encoderFamily({
  modelType: 'roberta',
  prefix: 'roberta.',
  activation: ['hidden_act', 'gelu'],
  padToken: PAD_TOKEN,
  stack: (read) =>
    bertStack(read, {
      hidden: 768,
      heads: 12,
      feedForward: 3072,
      vocabulary: 50265,
      embedding: null,
      padToken: PAD_TOKEN,
      numbering: 'notPadding',
    }),
  stackNames: bertStackNames,
  masked: {
    transform: linear('lm_head.dense'),
    transformNorm: 'lm_head.layer_norm',
    output: ['lm_head.decoder.weight'],
    outputBias: ['lm_head.bias', 'lm_head.decoder.bias'],
  },
  // This head's gelu is fixed, whatever hidden_act says.
  maskedShape: ({ dModel, norm }) => ({ width: dModel, activation: 'gelu', norm }),
  sequence: { activation: 'tanh', dense: 'classifier.dense', output: 'classifier.out_proj' },
  pooler: 'pooler.dense',
  ignorable: new RegExp(`${BERT_BUFFERS}|^lm_head\\.(decoder\\.)?(bias|weight)$`),
});
