import { toHead } from '../chapters/places';
import { feedForwardFormula, normFormula } from '../formula/modelFormulas';
import type { TermGroup } from './term';

const onMap = () => ({ view: 'map', unit: 'token' }) as const;

export const layerTerms: TermGroup = {
  title: (t) => t('Layers'),
  terms: [
    {
      id: 'layer',
      name: (t) => t('Layer (block)'),
      says: (t) =>
        t(
          'Attention and feed-forward, each with residual and norm. A stack is many layers of the same shape, with different weights.',
        ),
      where: onMap,
    },
    {
      id: 'residual',
      name: (t) => t('Residual connection'),
      says: (t) => t('A sub-layer’s result is added to its input instead of replacing it.'),
      formula: () => 'residual',
      where: onMap,
    },
    {
      id: 'residual-stream',
      name: (t) => t('Residual stream'),
      says: (t) =>
        t(
          'A token’s vector on its way through all layers: the embedding plus everything that was added since.',
        ),
      formula: normFormula,
      where: onMap,
    },
    {
      id: 'layer-norm',
      name: (t) => t('Layer norm'),
      says: (t) =>
        t(
          'Brings one vector to mean 0 and spread 1, then applies a learned gain and shift. Other tokens play no part in it.',
        ),
      formula: () => 'layerNorm',
      where: onMap,
    },
    {
      id: 'rms-norm',
      name: (t) => t('RMS norm'),
      says: (t) =>
        t(
          'Like layer norm without subtracting the mean and, mostly, without a shift: the vector is only brought to one size.',
        ),
      formula: () => 'rmsNorm',
      where: onMap,
    },
    {
      id: 'batch-norm',
      name: (t) => t('Batch norm'),
      says: (t) =>
        t(
          'Measures each dimension over a whole batch, so one sentence changes the result of another. Transformers do without it.',
        ),
      formula: () => 'batchNorm',
      where: onMap,
    },
    {
      id: 'feed-forward',
      name: (t) => t('Feed-forward network'),
      says: (t) => t('Two matrices with a non-linear function between, for each token by itself.'),
      formula: feedForwardFormula,
      where: onMap,
    },
    {
      id: 'neuron',
      name: (t) => t('Neuron'),
      says: (t) => t('One of the d_ff numbers in the middle of a feed-forward network.'),
      where: onMap,
    },
    {
      id: 'encoder',
      name: (t) => t('Encoder'),
      says: (t) => t('A stack whose tokens see the whole text, before and after them.'),
      where: (lesson) => ({ ...toHead(lesson, 'matrix', 'encoder'), view: 'matrix' }),
      unfit: ({ architecture }, t) =>
        architecture === 'decoder' ? t('This model is a decoder alone.') : null,
    },
    {
      id: 'decoder',
      name: (t) => t('Decoder'),
      says: (t) =>
        t('A stack whose tokens see only what came before: it can write, one token at a time.'),
      where: (lesson) => ({ ...toHead(lesson, 'matrix', 'decoder'), view: 'matrix' }),
      unfit: ({ architecture }, t) =>
        architecture === 'encoder' ? t('This model is an encoder alone.') : null,
    },
  ],
};
