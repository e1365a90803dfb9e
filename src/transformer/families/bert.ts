import { BERT_BUFFERS, bertStack, bertStackNames } from './bertStack';
import { encoderFamily } from './encoderFamily';
import { linear } from './weightNames';

/** Hugging Face `bert` (Devlin et al. 2019). Defaults are those of `BertConfig`. */
export const bert = encoderFamily({
  modelType: 'bert',
  prefix: 'bert.',
  activation: ['hidden_act', 'gelu'],
  padToken: 0,
  stack: (read) =>
    bertStack(read, {
      hidden: 768,
      heads: 12,
      feedForward: 3072,
      vocabulary: 30522,
      embedding: null,
      padToken: 0,
      numbering: 'index',
    }),
  stackNames: bertStackNames,
  masked: {
    transform: linear('cls.predictions.transform.dense'),
    transformNorm: 'cls.predictions.transform.LayerNorm',
    output: ['cls.predictions.decoder.weight'],
    outputBias: ['cls.predictions.bias', 'cls.predictions.decoder.bias'],
  },
  maskedShape: ({ dModel, activation, norm }) => ({ width: dModel, activation, norm }),
  sequence: { activation: 'tanh', dense: null, output: 'classifier' },
  pooler: 'pooler.dense',
  nextSentence: 'cls.seq_relationship',
  ignorable: new RegExp(`${BERT_BUFFERS}|^cls\\.predictions\\.(decoder\\.)?(bias|weight)$`),
});
