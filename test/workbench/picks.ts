// Places in a trace, drawn with a seed: the same ones in every run.
import type { Stack } from '../../src/protocol/address';

export interface Pick {
  readonly stack: Stack;
  readonly layer: number;
  readonly head: number;
  readonly direction: 'looksAt' | 'lookedAt';
  readonly specials: boolean;
  /** Of the side that is chosen from. */
  readonly token: number;
  /** 0–1: which of the other tokens is told of. */
  readonly other: number;
}

/** Counts of the built-in model. */
const LAYERS = 3;
const HEADS = 8;
const STACKS: readonly Stack[] = ['encoder', 'cross', 'decoder'];

/** Marsaglia's xorshift, 32 bits; numbers from 0 up to 1. */
function drawing(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** `choosable`: tokens of a side that may be chosen when special ones are shown, or hidden. */
export function drawPicks(
  count: number,
  seed: number,
  choosable: (side: 'source' | 'target', specials: boolean) => readonly number[],
): Pick[] {
  const draw = drawing(seed);
  const oneOf = <T>(from: readonly T[]): T => from[Math.floor(draw() * from.length)]!;
  // All stacks with both directions, specials shown and hidden: evenly, not by chance.
  return Array.from({ length: count }, (_, i) => {
    const stack = STACKS[i % 3]!;
    const direction = i % 2 === 0 ? 'looksAt' : 'lookedAt';
    const specials = Math.floor(i / 2) % 2 === 0;
    const side =
      stack === 'encoder' || (stack === 'cross' && direction === 'lookedAt') ? 'source' : 'target';
    return {
      stack,
      layer: Math.floor(draw() * LAYERS),
      head: Math.floor(draw() * HEADS),
      direction,
      specials,
      token: oneOf(choosable(side, specials)),
      other: draw(),
    };
  });
}
