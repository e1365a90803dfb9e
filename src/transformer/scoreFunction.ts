import * as tf from '@tensorflow/tfjs-core';
import { product } from './product';

/** What is computed of a query and a key in place of q · k times the scale. */
export type ScoreFunction =
  /** q · k as it is (Luong et al. 2015), without the 1/√d_k of section 3.2.1. */
  | 'dot'
  /** q · k ÷ ‖q‖‖k‖; 0 beside a vector of length 0. */
  | 'cosine'
  /**
   * vᵀ tanh(W₁q + W₂k) (Bahdanau et al. 2015). A checkpoint made for products has no such parameters:
   * W₁ = W₂ = I and v = (1, …, 1) ÷ √d_k stand in for them.
   */
  | 'additive';

/** Heads of an attention whose scores are computed in another way. */
export interface ChangedScores {
  readonly function: ScoreFunction;
  /** Null: all. */
  readonly heads: ReadonlySet<number> | null;
}

/** Numbers of `[query, key, d_k]` that `additive` has at once, 16 MB of them: whole it would be d_k times the scores. */
const ADDITIVE_NUMBERS = 2 ** 22;

/** Kept from dividing by 0: less than any vector's length that is not 0 in float32 squares. */
const LEAST_LENGTH = 1e-19;

/**
 * Scores `[query, key]` before position bias and mask, of queries `[query, d_k]` that are times
 * `scale` already and of keys `[d_k, key]`.
 */
export function scoresBy(
  kind: ScoreFunction,
  queries: tf.Tensor2D,
  keysTransposed: tf.Tensor2D,
  scale: number,
): tf.Tensor2D {
  switch (kind) {
    case 'dot':
      return tf.div(product(queries, keysTransposed), scale);
    case 'cosine':
      // Unit vectors do not know the scale they had.
      return product(unit(queries, 1), unit(keysTransposed, 0));
    case 'additive':
      return additive(tf.div(queries, scale), keysTransposed);
  }
}

/** Vectors along an axis, each divided by its length. */
function unit(vectors: tf.Tensor2D, axis: 0 | 1): tf.Tensor2D {
  const length = tf.sqrt(tf.sum(tf.square(vectors), axis, true));
  return tf.div(vectors, tf.maximum(length, LEAST_LENGTH));
}

/** Σᵢ tanh(qᵢ + kᵢ) ÷ √d_k, some queries at a time. */
function additive(queries: tf.Tensor2D, keysTransposed: tf.Tensor2D): tf.Tensor2D {
  const [count, width] = queries.shape;
  const keys = tf.expandDims<tf.Tensor3D>(tf.transpose(keysTransposed), 0); // [1, key, d_k]
  const together = Math.max(1, Math.floor(ADDITIVE_NUMBERS / keys.size));
  const parts: tf.Tensor2D[] = [];
  for (let first = 0; first < count; first += together) {
    const some = Math.min(together, count - first);
    parts.push(
      tf.tidy(() => {
        const part = tf.reshape(tf.slice(queries, [first, 0], [some, width]), [some, 1, width]);
        const sums = tf.sum<tf.Tensor2D>(tf.tanh(tf.add(part, keys)), 2); // [some, key]
        return tf.div<tf.Tensor2D>(sums, Math.sqrt(width));
      }),
    );
  }
  return parts.length === 1 ? parts[0]! : tf.concat2d(parts, 0);
}
