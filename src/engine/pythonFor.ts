import { asPython } from '../analysis/asPython';
import { aggregateRow } from '../analysis/aggregate';
import { Failure } from '../failure/failure';
import type { Answer, Question } from '../protocol/queries';
import type { Trace } from './trace';

/** The transformers lines for one weight of a trace. */
export function pythonFor(trace: Trace, question: Question<'python'>): Answer<'python'> {
  const { stack, layer, head, query, key } = question;
  const layers = trace.readable(stack, layer).map(({ attention }) => attention);
  const { queries, keys } = layers[0]!;
  for (const [token, count] of [
    [query, queries],
    [key, keys],
  ] as const) {
    if (token >= count) throw new Failure('trace.noToken', { value: token, last: count - 1 });
  }
  const value = aggregateRow(layers, head, query)[key]!;
  const code = asPython({
    modelType: trace.plan.model.modelType,
    folder: trace.model.folder,
    sourceIds: trace.source.map(({ id }) => id),
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
