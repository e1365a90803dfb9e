/** The formulas of a box, as the loaded model computes it. Pure. */
import type { Positions } from '../../src/protocol/trace';
import type { FormulaName } from '../learn/formula/formulas';
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
      return positionFormulas(model.positionKind);
    case 'embeddingNorm':
    case 'norm':
    case 'finalNorm':
      return [stack.norm === 'rms' ? 'rmsNorm' : 'layerNorm'];
    case 'attention':
      return ['queryKeyValue', 'attention', 'multiHead'];
    case 'cross':
      return ['crossQueryKeyValue', 'attention', 'multiHead'];
    case 'feedForward':
      if (stack.gated) return ['feedForwardGated'];
      return [model.activation === 'relu' ? 'feedForward' : 'feedForwardActivation'];
    case 'add':
      return [model.normPlacement === 'parallel' ? 'parallelNorm' : 'preNorm'];
    case 'addNorm':
      return ['postNorm', stack.norm === 'rms' ? 'rmsNorm' : 'layerNorm'];
    case 'linear':
      return isLanguage(model.task)
        ? [structure.head?.tied === true ? 'outputTied' : 'output']
        : [];
    case 'probabilities':
      return isLanguage(model.task) ? ['tokenProbability'] : [];
    case 'choice':
      return isLanguage(model.task) ? ['logitDirection'] : [];
    default:
      return [];
  }
}

/** What is predicted is a token of the vocabulary. */
const isLanguage = (task: MapSight['model']['task']): boolean =>
  task === 'nextToken' || task === 'maskedToken';

function positionFormulas(positions: Positions): readonly FormulaName[] {
  switch (positions.kind) {
    case 'sinusoidal':
      return [positions.layout === 'interleaved' ? 'positionPair' : 'positionHalves'];
    case 'learned':
      return ['embeddingUnscaled'];
    case 'rotary':
      return ['rotary'];
    case 'alibi':
      return ['alibi'];
    case 'relativeBias':
      return ['relativeBias'];
  }
}
