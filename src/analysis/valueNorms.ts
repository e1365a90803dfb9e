import * as tf from '@tensorflow/tfjs-core';
import type { HeadSelection } from './aggregate';

/** What the norms of one layer are computed from. */
export interface ValueSource {
  /** `[key, heads · d_v]`: the layer's values, all heads side by side, bias included. */
  readonly values: Float32Array;
  /** W_O `[heads · d_v, d_model]`. */
  readonly output: tf.Tensor2D;
  readonly heads: number;
}

/** One weight a head, of the links asked for: `weights[link * heads + head]`, and the key each link ends at. */
export interface Links {
  readonly weights: Float32Array;
  readonly keys: readonly number[];
}

/**
 * How much each link moves, ‖α·v·W_O‖ (Kobayashi et al. 2020, "Attention is Not Only a Weight"),
 * `[link]`. One head: of its own vector. `mean`: the norm of the heads' vectors summed, which is what
 * the layer adds. `max`: the largest single head's.
 */
export function valueNorms(source: ValueSource, links: Links, head: HeadSelection): Float32Array {
  const norms = (heads: readonly number[]): Float32Array =>
    tf.tidy(() => {
      const moved = tf.matMul(mixture(source, links, heads), source.output); // [link, d_model]
      return tf.norm(moved, 'euclidean', 1).dataSync<'float32'>();
    });
  const all = Array.from({ length: source.heads }, (_, h) => h);
  if (typeof head === 'number') return norms([head]);
  if (head === 'mean') return norms(all);
  const each = all.map((h) => norms([h]));
  return Float32Array.from(links.keys, (_, link) => Math.max(...each.map((one) => one[link]!)));
}

/** α·v of the chosen heads in their columns, 0 in the others': `[link, heads · d_v]`. */
function mixture(
  { values, output, heads }: ValueSource,
  links: Links,
  chosen: readonly number[],
): tf.Tensor2D {
  const width = output.shape[0];
  const headWidth = width / heads;
  const mixed = new Float32Array(links.keys.length * width);
  for (const [link, key] of links.keys.entries()) {
    for (const head of chosen) {
      const weight = links.weights[link * heads + head]!;
      const column = head * headWidth;
      for (let d = column; d < column + headWidth; d++) {
        mixed[link * width + d] = weight * values[key * width + d]!;
      }
    }
  }
  return tf.tensor2d(mixed, [links.keys.length, width]);
}
