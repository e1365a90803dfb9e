import { aggregateRow } from '../analysis/aggregate';
import type { Answer, Question } from '../protocol/queries';
import type { Trace } from './trace';
import { checkToken } from './traceTokens';

/** The weight between two tokens in every head of a layer, or of all. @throws Failure `trace.*` */
export function headWeights(
  trace: Trace,
  { stack, layer, query, key: asked }: Question<'headWeights'>,
): Answer<'headWeights'> {
  const layers = trace.readable(stack, layer ?? 'mean').map(({ attention }) => attention);
  const [{ heads, queries, keys }] = layers as [(typeof layers)[0]];
  checkToken(query, queries);
  checkToken(asked ?? 0, keys);
  const means = aggregateRow(layers, 'mean', query);
  const key = asked ?? means.indexOf(means.reduce((most, weight) => Math.max(most, weight)));
  const max = aggregateRow(layers, 'max', query)[key]!;
  const weights = Float32Array.from(
    layers.flatMap((layer) =>
      Array.from({ length: heads }, (_, head) => layer.weight(head, query, key)),
    ),
  );
  const shape = [layers.length, heads];
  return { key, weights: { shape, data: weights.buffer }, mean: means[key]!, max };
}
