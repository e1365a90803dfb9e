import { asPython } from '../analysis/asPython';
import { aggregateRow, readBy } from '../analysis/aggregate';
import type { Answer, Question } from '../protocol/queries';
import type { Trace } from './trace';
import { checkToken } from './traceTokens';

/** The transformers lines for one weight of a trace. */
export function pythonFor(trace: Trace, question: Question<'python'>): Answer<'python'> {
  const { stack, layer, head, query, key } = question;
  const layers = trace.readable(stack, layer).map(({ attention }) => attention);
  const { queries, keys } = readBy(layers);
  checkToken(query, queries);
  checkToken(key, keys);
  const value = aggregateRow(layers, head, query)[key]!;
  const { modelType, className } = trace.plan.model;
  const code = asPython({
    architecture: trace.architecture,
    modelType,
    className,
    folder: trace.model.folder,
    sourceIds: trace.read.map(({ id }) => id),
    typeIds: trace.typeIds,
    // The last token was written but never read, so no attention starts from it.
    targetIds: trace.target.slice(0, Math.max(1, trace.target.length - 1)).map(({ id }) => id),
    stack,
    layer,
    head,
    query,
    key,
    value,
  });
  return { code, value };
}
