import type { Translate } from '../../../src/language/translate';
import { readingStack } from '../../../src/navigation/traceState';
import type { ModelSummary } from '../../../src/protocol/trace';
import type { BoxKind } from '../../map/boxes';
import { normFormula } from '../formula/modelFormulas';
import { fitsAll, type Chapter } from './chapter';

/** Where a model normalises. */
const NORMS: readonly BoxKind[] = ['addNorm', 'norm', 'finalNorm'];

export const residualsChapter: Chapter = {
  id: 'residuals',
  title: (t) => t('Residuals and norms'),
  about: (t) => t('What a layer leaves as it was, and how numbers are kept in bounds.'),
  unfit: fitsAll,
  steps({ plan, t }) {
    return [
      {
        words: t(
          'A sub-layer does not replace a token’s vector: its result is added to it. What runs through all layers and is only ever added to is called the residual stream.',
        ),
        change: { view: 'map', unit: 'token' },
        formula: 'residual',
        box: ['addNorm', 'add'],
      },
      {
        words: placed(plan.model, t),
        change: { view: 'map', unit: 'token' },
        formula: normFormula(plan.model),
        box: NORMS,
      },
      {
        words: t(
          'A layer norm measures mean and spread of one vector alone. A batch norm measures each dimension over a batch: there another sentence changes this one’s result. The map compares both.',
        ),
        change: { view: 'map', unit: 'token' },
        formula: 'layerNorm',
        box: NORMS,
        part: 'norms',
      },
      {
        words: t(
          'Cut the addition around the first attention: the token’s own vector is gone, and only what it took from the others is left. See how far the later layers recover.',
        ),
        change: {
          view: 'whatIf',
          unit: 'token',
          whatIf: {
            kind: 'residualCut',
            stack: readingStack(plan),
            layer: 0,
            subLayer: 'attention',
          },
        },
      },
    ];
  },
};

function placed({ normPlacement }: ModelSummary, t: Translate): string {
  switch (normPlacement) {
    case 'post':
      return t(
        'After each addition this model normalises the sum, as in the paper: the vector is brought back to one size before the next sub-layer reads it.',
      );
    case 'pre':
      return t(
        'The paper normalises after each addition. This model does so before each sub-layer: what a sub-layer reads is normalised, the stream itself is not and may grow from layer to layer.',
      );
    case 'parallel':
      return t(
        'The paper normalises after each addition. This model normalises before, and attention and feed-forward read the stream at the same time: neither sees what the other adds in this layer.',
      );
  }
}
