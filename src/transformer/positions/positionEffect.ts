import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Rotation } from './rotary';

/** Numbers added to the scores of a sequence and head, `[query, key]` or `[1, key]`. */
export interface ScoreBias {
  of(row: number, head: number): Tensor2D;
  dispose(): void;
}

/** What positions do inside attention, for the tokens of one step. Null: nothing. */
export interface PositionEffect {
  readonly rotation: Rotation | null;
  readonly bias: ScoreBias | null;
}

/** Positions act on the embeddings only. */
export const noEffect: PositionEffect = { rotation: null, bias: null };
