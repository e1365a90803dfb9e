/** What a chapter or term may say of a model, read off its summary. Pure. */
import type { ModelSummary } from '../../../src/protocol/trace';
import type { FormulaName } from '../formula/formulas';

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

export const feedForwardFormula = ({ activation }: ModelSummary): FormulaName =>
  activation === 'relu' ? 'feedForward' : 'feedForwardActivation';

/** Families whose scores are not divided by √d_k, as published (Raffel et al. 2020; Black et al. 2021). */
const UNSCALED: ReadonlySet<string> = new Set(['t5', 'gpt_neo']);
export const scalesScores = ({ modelType }: ModelSummary): boolean => !UNSCALED.has(modelType);

export const hasDecoder = ({ architecture }: ModelSummary): boolean => architecture !== 'encoder';
export const hasCross = ({ architecture }: ModelSummary): boolean =>
  architecture === 'encoderDecoder';
/** It ends in one number for each token of its vocabulary. */
export const choosesTokens = ({ task }: ModelSummary): boolean =>
  task === 'nextToken' || task === 'maskedToken';

/** Width, heads, layers of the stack that reads the reader's text. */
export function readingShape(model: ModelSummary): {
  readonly layers: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly inner: number;
} {
  const stack = model.architecture === 'decoder' ? 'decoder' : 'encoder';
  return {
    layers: model.layers[stack],
    heads: model.heads[stack],
    keyValueHeads: model.keyValueHeads[stack],
    inner: model.dFeedForward[stack],
  };
}
