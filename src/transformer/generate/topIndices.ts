import { Failure } from '../../failure/failure';

/**
 * Indices of the `count` largest scores, largest first; of equal scores the lower index comes
 * first. Below a dozen winners, insertion beats sorting a whole vocabulary.
 */
export function topIndices(scores: Float32Array, count: number): number[] {
  const best: number[] = [];
  const first = Math.min(count, scores.length);
  for (let index = 0; index < first; index++) insert(best, index, scores);
  const next = (from: number): number => nextAbove(scores, scores[best[first - 1]!]!, from);
  for (let index = next(first); index < scores.length; index = next(index + 1)) {
    best.pop();
    insert(best, index, scores);
  }
  return best;
}

/**
 * Index of the next score above a limit. Nearly all of a vocabulary is below: by itself, this loop runs
 * at one comparison each.
 */
function nextAbove(scores: Float32Array, limit: number, from: number): number {
  let index = from;
  while (index < scores.length && !(scores[index]! > limit)) index++;
  return index;
}

/** Puts an index behind those of larger and of equal scores. */
function insert(best: number[], index: number, scores: Float32Array): void {
  let place = best.length;
  while (place > 0 && scores[best[place - 1]!]! < scores[index]!) place--;
  best.splice(place, 0, index);
}

/**
 * Indices of tokens by their scores: at least one of them must be possible.
 * @param position number of the token that is chosen, from 0
 * @throws Failure `model.notNumbers` for NaN, `generation.noChoice` where rules forbid every token
 */
export function likeliestTokens(scores: Float32Array, count: number, position: number): number[] {
  if (scores.includes(Number.NaN)) throw new Failure('model.notNumbers');
  const best = topIndices(scores, count);
  if (scores[best[0]!] !== Number.NEGATIVE_INFINITY) return best;
  throw new Failure('generation.noChoice', { position });
}
