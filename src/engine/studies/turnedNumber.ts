import { frequencies, vectorFactor } from '../../transformer/positions/ropeScaling';
import { pairOf } from '../../transformer/positions/rotary';
import type { AttentionPass } from './attentionPass';

/** One dimension of a turned vector: its own number times a cosine, and its partner's times a sine. */
export interface TurnedNumber {
  readonly dimensions: readonly number[];
  readonly factors: readonly number[];
}

/** How the dimension of a head's query or key at a place is made of those before the turn; of one that is not turned: itself. */
export function turnedNumber(pass: AttentionPass, place: number, dimension: number): TurnedNumber {
  const { positions } = pass.config;
  if (positions.kind !== 'rotary') return { dimensions: [dimension], factors: [1] };
  const { base, dimensions, scaling } = positions;
  const theta = frequencies(base, dimensions, scaling, pass.queries);
  for (const [pair, frequency] of theta.entries()) {
    const [first, second] = pairOf(pair, positions);
    if (dimension !== first && dimension !== second) continue;
    const factor = vectorFactor(scaling);
    // In float32, as the model rounds it.
    const angle = Math.fround(place * frequency);
    const [cosine, sine] = [Math.cos(angle) * factor, Math.sin(angle) * factor];
    return dimension === first
      ? { dimensions: [first, second], factors: [cosine, -sine] }
      : { dimensions: [second, first], factors: [cosine, sine] };
  }
  return { dimensions: [dimension], factors: [1] };
}
