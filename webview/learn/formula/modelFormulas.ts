/** Which formula a model computes its parts by, read off its summary. Pure. */
import type { ModelSummary } from '../../../src/protocol/trace';
import type { FormulaName } from './formulas';

/** How tokens become vectors. */
export function embeddingFormula({ positionKind }: ModelSummary): FormulaName {
  switch (positionKind.kind) {
    case 'sinusoidal':
      return 'embedding';
    case 'learned':
      return 'embeddingUnscaled';
    case 'rotary':
    case 'alibi':
    case 'relativeBias':
      return 'embeddingAlone';
  }
}

/** How positions come in. */
export function positionFormula({ positionKind }: ModelSummary): FormulaName {
  switch (positionKind.kind) {
    case 'sinusoidal':
      return positionKind.layout === 'halves' ? 'positionHalves' : 'positionPair';
    case 'learned':
      return 'embeddingUnscaled';
    case 'rotary':
    case 'alibi':
    case 'relativeBias':
      return positionKind.kind;
  }
}

const normFormulas = { pre: 'preNorm', post: 'postNorm', parallel: 'parallelNorm' } as const;
export const normFormula = ({ normPlacement }: ModelSummary): FormulaName =>
  normFormulas[normPlacement];

export function feedForwardFormula({ activation, gated }: ModelSummary): FormulaName {
  if (gated) return 'feedForwardGated';
  return activation === 'relu' ? 'feedForward' : 'feedForwardActivation';
}
