import * as tf from '@tensorflow/tfjs-core';
import type { Linear } from '../transformer/linear';
import type { Stack } from '../transformer/stack';
import type { PositionProjections } from './tracedModel';

/**
 * Positions alone through what leads to the first layer's queries and keys: the embeddings' norm and
 * projection and the block's own norm, where the family has them, then W_Q and W_K.
 */
export function projectPositions(stack: Stack, count: number): PositionProjections | null {
  const { config, parts } = stack;
  const { embeddings, blocks } = parts;
  const first = config.positions.kind === 'learned' ? config.positions.offset : 0;
  const { self } = blocks[0]!.parts;
  const { query, key, queryNorm } = self.attention.projections;
  // A norm of each head would make the scores no longer a product with W_Q and W_K.
  if (queryNorm) return null;
  const rows = Int32Array.from({ length: count }, (_, i) => first + i);
  const normsFirst = config.normPlacement !== 'post';
  const projected = tf.tidy(() => {
    const x = embeddings.positionsAlone(rows); // [position, d_model]
    if (!x) return null;
    const read = normsFirst ? self.norm.apply(x) : x;
    const numbers = ({ weight }: Linear): Float32Array =>
      tf.matMul(read, weight).dataSync<'float32'>();
    return { queries: numbers(query), keys: numbers(key) };
  });
  if (!projected) return null;
  const [queryBias, keyBias] = [biasOf(query), biasOf(key)];
  const none = queryBias === null && keyBias === null;
  const zeros = ({ weight }: Linear): Float32Array => new Float32Array(weight.shape[1]);
  return {
    ...projected,
    biases: none ? null : { query: queryBias ?? zeros(query), key: keyBias ?? zeros(key) },
    normalised: normsFirst || embeddings.normalises,
  };
}

const biasOf = ({ bias }: Linear): Float32Array | null => bias?.dataSync<'float32'>() ?? null;
