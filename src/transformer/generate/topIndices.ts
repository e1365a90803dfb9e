import { Failure } from '../../failure/failure';

/**
 * Indices of the `count` largest scores, largest first; of equal scores the lower index comes
 * first. Below a dozen winners, insertion beats sorting a whole vocabulary.
 */
export function topIndices(scores: Float32Array, count: number): number[] {
  const best: number[] = [];
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index]!;
    const full = best.length === count;
    if (full && !(score > scores[best[count - 1]!]!)) continue;
    if (full) best.pop();
    let place = best.length;
    while (place > 0 && scores[best[place - 1]!]! < score) place--;
    best.splice(place, 0, index);
  }
  return best;
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
