/**
 * Questions that an engine cannot answer from what a run left behind: the model runs again, perhaps
 * changed. They take their time: `progress` is told meanwhile, and `withdraw` ends them.
 */
import { cacheCostStudy } from './cacheCost';
import { directSharesStudy } from './directShares';
import { headSharesStudy } from './headShares';
import { neuronsStudy } from './neurons';
import { normalizationStudy } from './normalization';
import { tiedEmbeddingsStudy } from './tiedEmbeddings';
import { pathNormsStudy } from './pathNorms';
import { madeOfStudy } from './madeOf';
import { stepsStudy, stepVectorsStudy } from './steps';
import { streamStudy } from './stream';
import { whatIf, whatIfEmbedding, whatIfMatrix, whatIfRows } from './whatIfHead';
import { whatIfOutput, whatIfText } from './whatIfOutput';
import { tokenPairStudy } from './tokenPair';
import { tourMutingStudy, tourStudy } from './tour';

export const studies = {
  steps: stepsStudy,
  stepVectors: stepVectorsStudy,
  madeOf: madeOfStudy,
  stream: streamStudy,
  headShares: headSharesStudy,
  directShares: directSharesStudy,
  neurons: neuronsStudy,
  normalization: normalizationStudy,
  tiedEmbeddings: tiedEmbeddingsStudy,
  pathNorms: pathNormsStudy,
  whatIf,
  whatIfMatrix,
  whatIfRows,
  whatIfEmbedding,
  whatIfOutput,
  whatIfText,
  tokenPair: tokenPairStudy,
  cacheCost: cacheCostStudy,
  tour: tourStudy,
  tourMuting: tourMutingStudy,
} as const;

export type StudyName = keyof typeof studies;
