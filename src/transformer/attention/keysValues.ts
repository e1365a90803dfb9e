import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { AttentionMask } from '../mask';
import type { ScoreBias } from '../positions/positionEffect';
import type { HookName, Probe } from '../probe';
import type { ChangedScores } from '../scoreFunction';
import type { SequenceShape } from '../sequence';

/** Keys and values of the tokens of a step, as they were projected. */
export interface NewKeysValues {
  readonly keys: Tensor2D; // [batch · token, heads · d]
  readonly values: Tensor2D; // [batch · token, heads · d]
  readonly shape: SequenceShape;
  /** Several heads of queries may share one of these (Ainslie et al. 2023). */
  readonly heads: number;
}

/** What is asked of keys. */
export interface Queries {
  readonly rows: Tensor2D; // [batch · query, heads · d], before the scale
  readonly shape: SequenceShape;
  readonly heads: number;
  /** Factor on q · k. */
  readonly scale: number;
  readonly mask: AttentionMask;
  readonly bias: ScoreBias | null;
  /** Another way to compare; undefined: as trained. */
  readonly changed: ChangedScores | undefined;
}

/**
 * Keys and values of the tokens so far, by sequence and head, in the form that the backend in use
 * computes with. What is made inside a `tf.tidy` ends with it unless it is kept.
 */
export interface KeysValues {
  /** Tokens of each sequence. */
  readonly length: number;
  /** What they are held in. */
  readonly tensors: readonly Tensor[];
  /** Bytes that the tokens of all sequences take; room for tokens to come is not counted. */
  readonly bytes: number;
  /**
   * z = softmax(scale · q kᵀ + bias + mask) v, `[batch · query, heads · d]`. Scores and pattern pass by
   * the probe. Call inside `tf.tidy`.
   */
  answer(queries: Queries, probe: Probe, name: HookName): Tensor2D;
  /** Keeps these, and whatever they become, beyond the `tf.tidy` they are made in; then they are to be disposed. */
  keep(): void;
  /** Adds tokens to each sequence of kept ones. Call inside `tf.tidy`. */
  append(more: NewKeysValues): void;
  /** Sequence i becomes what sequence `rows[i]` was: beams live, die and multiply. */
  reorder(rows: Int32Array): void;
  /** Only the first `length` tokens of each sequence stay; at least one. */
  truncate(length: number): void;
  dispose(): void;
}
