import { readingStack } from '../../../src/navigation/traceState';
import { feedForwardFormula } from '../formula/modelFormulas';
import { fitsAll, type Chapter } from './chapter';
import { readingShape } from './modelFacts';

export const feedForwardChapter: Chapter = {
  id: 'feedForward',
  title: (t) => t('Feed-forward'),
  about: (t) => t('The part of a layer in which no token sees another.'),
  unfit: fitsAll,
  steps({ plan, t }) {
    const { model } = plan;
    const { inner } = readingShape(model);
    return [
      {
        words: t(
          'After attention each vector goes through two matrices by itself: from {width} numbers to {inner} (d_ff) and back, with a non-linear function between ({activation}). Some models multiply by a gate as well.',
          { width: model.dModel, inner, activation: model.activation },
        ),
        change: { view: 'map', unit: 'token' },
        formula: feedForwardFormula(model),
        box: ['feedForward'],
      },
      {
        words: t(
          'The weights are the same at every position, and no token sees another. Choose another token above: the same box, with other numbers going through.',
        ),
        change: { view: 'map', unit: 'token' },
        box: ['feedForward'],
      },
      {
        words: t(
          'Each of the {inner} numbers in the middle is called a neuron. The map lists those that answer most strongly to the chosen token.',
          { inner },
        ),
        change: { view: 'map', unit: 'token' },
        box: ['feedForward'],
        part: 'neurons',
      },
      {
        words: t(
          'Here the first feed-forward’s result goes on without the vector it is added to. Compare the change with the one that cutting around attention makes.',
        ),
        change: {
          view: 'whatIf',
          unit: 'token',
          whatIf: {
            kind: 'residualCut',
            stack: readingStack(plan),
            layer: 0,
            subLayer: 'feedForward',
          },
        },
      },
    ];
  },
};
