import type { Answer, QueryName, StudyQuery } from '../../protocol/queries';
import { cacheCostStudy } from './cacheCostStudy';
import { directSharesStudy } from './directSharesStudy';
import { headSharesStudy } from './headSharesStudy';
import { neuronsStudy } from './neuronsStudy';
import { normalizationStudy } from './normalizationStudy';
import { tiedEmbeddingsStudy } from './tiedEmbeddingsStudy';
import { pathNormsStudy } from './pathNormsStudy';
import { madeOfStudy } from './madeOfStudy';
import { stepsStudy } from './stepsStudy';
import { stepVectorsStudy } from './stepVectorsStudy';
import { streamStudy } from './streamStudy';
import { whatIfEmbedding } from './whatIfEmbedding';
import { whatIfHead, whatIfMatrix, whatIfRows } from './whatIfHead';
import { whatIfOutput } from './whatIfOutput';
import { whatIfText } from './whatIfText';
import type { StudyContext } from './studyContext';
import { tokenPairStudy } from './tokenPairStudy';
import { tourMutingStudy } from './tourMutingStudy';
import { tourStudy } from './tourStudy';

/** Answers a question for which the model runs again. @throws Failure, `run.cancelled` among them */
export function study(context: StudyContext, query: StudyQuery): Promise<Answer<QueryName>> {
  switch (query.name) {
    case 'steps':
      return stepsStudy(context, query.question);
    case 'stepVectors':
      return stepVectorsStudy(context, query.question);
    case 'madeOf':
      return madeOfStudy(context, query.question);
    case 'stream':
      return streamStudy(context, query.question);
    case 'headShares':
      return headSharesStudy(context, query.question);
    case 'directShares':
      return directSharesStudy(context, query.question);
    case 'neurons':
      return neuronsStudy(context, query.question);
    case 'normalization':
      return normalizationStudy(context, query.question);
    case 'tiedEmbeddings':
      return tiedEmbeddingsStudy(context, query.question);
    case 'pathNorms':
      return pathNormsStudy(context, query.question);
    case 'whatIf':
      return whatIfHead(context, query.question);
    case 'whatIfMatrix':
      return whatIfMatrix(context, query.question);
    case 'whatIfRows':
      return whatIfRows(context, query.question);
    case 'whatIfEmbedding':
      return whatIfEmbedding(context, query.question);
    case 'whatIfOutput':
      return whatIfOutput(context, query.question);
    case 'whatIfText':
      return whatIfText(context, query.question);
    case 'tokenPair':
      return tokenPairStudy(context, query.question);
    case 'cacheCost':
      return cacheCostStudy(context, query.question);
    case 'tour':
      return tourStudy(context, query.question);
    case 'tourMuting':
      return tourMutingStudy(context, query.question);
  }
}
