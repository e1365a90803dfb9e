import * as tf from '@tensorflow/tfjs-core';
import type { PositionConfig } from './positionConfig';
import type { ScoreBias } from './positionEffect';

export type RelativeBiasConfig = Extract<PositionConfig, { kind: 'relativeBias' }>;
const { fround } = Math;

/**
 * The bucket of a distance (key − query) in T5 (Raffel et al. 2020, section 2.1): near distances have
 * buckets of their own, farther ones share buckets that grow logarithmically up to `maxDistance`.
 */
export function bucketOf(distance: number, config: RelativeBiasConfig): number {
  const { maxDistance, bidirectional } = config;
  const buckets = bidirectional ? Math.floor(config.buckets / 2) : config.buckets;
  const base = bidirectional && distance > 0 ? buckets : 0;
  const far = bidirectional ? Math.abs(distance) : Math.max(0, -distance);
  const exact = Math.floor(buckets / 2);
  if (far < exact) return base + far;
  // In float32, as the reference: on the border of two buckets the rounding decides.
  const share = fround(
    fround(Math.log(fround(far / exact))) / fround(Math.log(maxDistance / exact)),
  );
  const large = exact + Math.trunc(fround(share * (buckets - exact)));
  return base + Math.min(large, buckets - 1);
}

/**
 * What is added to the scores of `queries` that begin at position `offset`, over `keys` keys.
 * @param table `[bucket, head]`
 */
export function relativeBias(
  table: Float32Array,
  heads: number,
  config: RelativeBiasConfig,
  span: { readonly queries: number; readonly keys: number; readonly offset: number },
): ScoreBias {
  const { queries, keys, offset } = span;
  // From the last query to key 0, and on: of each distance there are many pairs.
  const buckets = Int32Array.from({ length: queries + keys - 1 }, (_, i) =>
    bucketOf(i - (queries - 1 + offset), config),
  );
  const ofHead = (head: number): tf.Tensor2D => {
    const bias = new Float32Array(queries * keys); // [query, key]
    for (let query = 0; query < queries; query++) {
      for (let key = 0; key < keys; key++) {
        const bucket = buckets[key - query + queries - 1]!;
        bias[query * keys + key] = table[bucket * heads + head]!;
      }
    }
    return tf.tensor2d(bias, [queries, keys]);
  };
  // All of them or, where memory gives out, none.
  const biases = tf.tidy(() => Array.from({ length: heads }, (_, head) => ofHead(head)));
  return { of: (_, head) => biases[head]!, dispose: () => tf.dispose(biases) };
}
