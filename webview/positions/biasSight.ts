/** What the views of a bias by distance are given to show. */
import type { Side } from '../../src/protocol/address';
import type { Answer } from '../../src/protocol/queries';
import type { View } from '../inspector/view';

export type BiasStack = 'encoder' | 'decoder';

/** What is shown, and of which text. */
export interface BiasSight {
  readonly view: View;
  readonly stack: BiasStack;
  readonly answer: Answer<'positionBias'>;
  readonly heads: number;
  readonly distances: number;
  /** `[head, distance]` */
  readonly bias: Float32Array;
  /** The head to make out among the others: the chosen one, else the first. */
  readonly head: number;
  /** The query: the chosen token of the stack's query side, else the first. */
  readonly origin: number;
  readonly side: Side;
  readonly labels: readonly string[];
  /** Changes with all numbers. */
  readonly key: string;
}

/** What a head adds at a distance (key − query); NaN where the stack has no such distance. */
export function biasAt(
  { bias, distances, answer }: Pick<BiasSight, 'bias' | 'distances' | 'answer'>,
  head: number,
  distance: number,
): number {
  const column = distance - answer.first;
  if (column < 0 || column >= distances) return Number.NaN;
  return bias[head * distances + column] ?? Number.NaN;
}
