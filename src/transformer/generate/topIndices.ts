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
