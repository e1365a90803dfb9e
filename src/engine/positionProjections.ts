import * as tf from '@tensorflow/tfjs-core';
import type { Linear } from '../transformer/linear';
import { product } from '../transformer/product';
import type { Stack } from '../transformer/stack';
import type { PositionProjections } from './tracedModel';

/**
 * Positions alone through what leads to a head's queries and keys in the first layer: the embeddings'
 * norm and projection and the block's own norm, where the family has them, then W_Q and W_K.
 */
export function projectPositions(
  { config, parts }: Stack,
  head: number,
  count: number,
): PositionProjections | null {
  const { embeddings, blocks } = parts;
  const { self } = blocks[0]!.parts;
  const { query, key, queryNorm } = self.attention.projections;
  const { heads, keyValueHeads, headWidth } = self.attention.shape;
  // A norm of each head would make the scores no longer a product with W_Q and W_K.
  if (queryNorm) return null;
  const keyHead = Math.floor(head / (heads / keyValueHeads));
  const first = config.positions.kind === 'learned' ? config.positions.offset : 0;
  const rows = Int32Array.from({ length: count }, (_, i) => first + i);
  const normsFirst = config.normPlacement !== 'post';
  const made = tf.tidy((): tf.Tensor2D[] => {
    const x = embeddings.positionsAlone(rows); // [position, d_model]
    if (!x) return [];
    const read = normsFirst ? self.norm.apply(x) : x;
    const project = ({ weight }: Linear, of: number): tf.Tensor2D => {
      const columns = Int32Array.from({ length: headWidth }, (_, i) => of * headWidth + i);
      return product(read, tf.transpose(weight.columns(columns))); // [position, d_k]
    };
    return [project(query, head), project(key, keyHead)];
  });
  const [queries, keys] = made.map((tensor) => tensor.dataSync<'float32'>());
  tf.dispose(made);
  if (!queries || !keys) return null;
  const biasOf = ({ bias }: Linear, of: number): Float32Array =>
    bias
      ? bias.dataSync<'float32'>().slice(of * headWidth, (of + 1) * headWidth)
      : new Float32Array(headWidth);
  return {
    queries,
    keys,
    width: headWidth,
    biases:
      query.bias || key.bias ? { query: biasOf(query, head), key: biasOf(key, keyHead) } : null,
    normalised: normsFirst || embeddings.normalises,
  };
}
