import { rowEntropy } from '../../analysis/rowEntropy';
import { softmaxGradient } from '../../analysis/softmaxGradient';
import { variance } from '../../analysis/variance';
import type { HeadState, RowMeasures } from '../../protocol/studies/whatIfHead';
import { vector } from '../answerRange';
import type { Replay } from '../replay/replay';
import { headRows, seenKeys, type HeadPlace } from './headValues';

/** A query's row of a head, with its measures and their means over the head's queries. */
export function headState(replay: Replay, place: HeadPlace, query: number): HeadState {
  const weights = headRows(replay, place, 'pattern');
  const scores = headRows(replay, place, 'scores');
  const seen = seenKeys(scores[query]!);
  const shown = new Float32Array(scores[query]!.length).fill(Number.NaN);
  for (const key of seen) shown[key] = scores[query]![key]!;
  return {
    scores: vector(shown),
    weights: vector(weights[query]!.slice()),
    seen: seen.length,
    row: measuresOf(weights[query]!, scores[query]!, seen),
    mean: meanOf(
      weights.flatMap((row, at) => {
        const keys = seenKeys(scores[at]!);
        // Of a single key there is no choice to measure.
        return keys.length < 2 ? [] : [measuresOf(row, scores[at]!, keys)];
      }),
    ),
    later: place.stack === 'cross' ? null : laterOf(weights, query),
  };
}

function measuresOf(
  weights: Float32Array,
  scores: Float32Array,
  seen: readonly number[],
): RowMeasures {
  return {
    variance: variance(seen.map((key) => scores[key]!)),
    largest: weights.reduce((most, weight) => Math.max(most, weight), 0),
    entropy: rowEntropy(weights) ?? 0,
    gradient: softmaxGradient(weights),
  };
}

function meanOf(all: readonly RowMeasures[]): RowMeasures | null {
  if (all.length === 0) return null;
  const mean = (measure: keyof RowMeasures): number =>
    all.reduce((sum, measures) => sum + measures[measure], 0) / all.length;
  return {
    variance: mean('variance'),
    largest: mean('largest'),
    entropy: mean('entropy'),
    gradient: mean('gradient'),
  };
}

/** Weight on keys that come after the query. */
function laterOf(weights: readonly Float32Array[], query: number): HeadState['later'] {
  const later = (at: number): number =>
    weights[at]!.subarray(at + 1).reduce((sum, weight) => sum + weight, 0);
  const all = weights.map((_, at) => later(at));
  return { row: all[query]!, mean: all.reduce((sum, share) => sum + share, 0) / all.length };
}
