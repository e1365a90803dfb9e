import type { Answer, QueryName, StudyQuery } from '../../protocol/queries';
import { streamStudy } from './streamStudy';
import type { StudyContext } from './studyContext';

/** Answers a question for which the model runs again. @throws Failure, `run.cancelled` among them */
export function study(context: StudyContext, query: StudyQuery): Promise<Answer<QueryName>> {
  switch (query.name) {
    case 'stream':
      return streamStudy(context, query.question);
  }
}
