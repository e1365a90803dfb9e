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

/**
 * Σᵢ tanh(qᵢ + kᵢ) ÷ √d_k, in float64. As tanh x = 1 − 2 ÷ (e²ˣ + 1) and e²⁽q⁺ᵏ⁾ is a product, each
 * query and key has its exponentials taken once: ten times as fast as a tanh for every pair.
 */
function additive(queries: tf.Tensor2D, keysTransposed: tf.Tensor2D): tf.Tensor2D {
  const [count, width] = queries.shape;
  const keys = keysTransposed.shape[1];
  const q = queries.dataSync<'float32'>(); // [query, d_k]
  const k = keysTransposed.dataSync<'float32'>(); // [d_k, key]
  const [qPowers, kPowers] = [squaredExponentials(q), squaredExponentials(k)];
  const scores = new Float32Array(count * keys);
  for (let query = 0; query < count; query++) {
    const sums = new Float64Array(keys); // Σ 1 ÷ (e²ˣ + 1)
    for (let i = 0; i < width; i++) {
      const power = qPowers[query * width + i]!;
      for (let key = 0; key < keys; key++) sums[key]! += 1 / (power * kPowers[i * keys + key]! + 1);
    }
    for (let key = 0; key < keys; key++) {
      let sum = width - 2 * sums[key]!;
      // 0 · ∞: numbers beyond 350, that float64 has no such powers of.
      if (Number.isNaN(sum)) {
        sum = 0;
        for (let i = 0; i < width; i++)
          sum += Math.tanh(q[query * width + i]! + k[i * keys + key]!);
      }
      scores[query * keys + key] = sum / Math.sqrt(width);
    }
  }
  return tf.tensor2d(scores, [count, keys]);
}

const squaredExponentials = (numbers: Float32Array): Float64Array =>
  Float64Array.from(numbers, (number) => Math.exp(2 * number));
