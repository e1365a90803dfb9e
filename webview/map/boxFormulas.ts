/** The formulas of a box, as the loaded model computes it. Pure. */
import type { ModelSummary } from '../../src/protocol/trace';
import { choosesTokens, scalesScores } from '../learn/chapters/modelFacts';
import type { FormulaName } from '../learn/formula/formulas';
import { feedForwardFormula, positionFormula } from '../learn/formula/modelFormulas';
import type { MapBox } from './boxes';
import type { MapSight } from './mapSight';

export function boxFormulas(
  { kind, half }: MapBox,
  { model, structure }: MapSight,
): readonly FormulaName[] {
  const stack = structure[half];
  if (stack === null) return [];
  const { embedding } = stack;
  switch (kind) {
    case 'tokens':
      // Scaled and nothing added: there is no formula of that in the paper's words.
      if (embedding.positions === null) return embedding.scale === 1 ? ['embeddingAlone'] : [];
      return embedding.scale === 1 ? ['embeddingUnscaled'] : ['embedding'];
    case 'positions':
      // The second says what the slope m_h of the first one is.
      return model.positionKind.kind === 'alibi'
        ? ['alibi', 'alibiSlope']
        : [positionFormula(model)];
    case 'embeddingNorm':
    case 'norm':
    case 'finalNorm':
      return [stack.norm === 'rms' ? 'rmsNorm' : 'layerNorm'];
    case 'attention':
      return ['queryKeyValue', ...oneHead(model), 'multiHead'];
    case 'cross':
      return ['crossQueryKeyValue', ...oneHead(model), 'multiHead'];
    case 'feedForward':
      return [feedForwardFormula(model)];
    case 'add':
      return [model.normPlacement === 'parallel' ? 'parallelNorm' : 'preNorm'];
    case 'addNorm':
      return ['postNorm', stack.norm === 'rms' ? 'rmsNorm' : 'layerNorm'];
    case 'linear':
      return choosesTokens(model) ? [structure.head?.tied === true ? 'outputTied' : 'output'] : [];
    case 'probabilities':
      return choosesTokens(model) ? ['tokenProbability'] : [];
    case 'choice':
      return choosesTokens(model) ? ['logitDirection'] : [];
    default:
      return [];
  }
}

/** From queries, keys and values to z; the paper's one line has its 1/√d_k. */
const oneHead = (model: ModelSummary): readonly FormulaName[] =>
  scalesScores(model) ? ['attention'] : ['dotScore', 'softmax', 'mixture'];
