import * as tf from '@tensorflow/tfjs-core';
import type { WeightMatrix } from '../transformer/matrix/weightMatrix';
import type { HeadSelection } from './aggregate';

/** What the norms of one layer are computed from. */
export interface ValueSource {
  /** `[key, key-value heads · d_v]`: the layer's values, side by side, bias included. */
  readonly values: Float32Array;
  /** W_O `[heads · d_v, d_model]`. */
  readonly output: WeightMatrix;
  readonly heads: number;
  /** Fewer than heads: head h mixes the values of number ⌊h ÷ (heads ÷ key-value heads)⌋ (Ainslie et al. 2023). */
  readonly keyValueHeads: number;
}

/**
 * Links, and the weights they consist of. A link between two tokens has one part; one between words
 * has a part for each token of the word looked at.
 */
export interface Links {
  readonly count: number;
  /** `[part, head]` row-major. */
  readonly weights: Float32Array;
  /** The key whose value a part moves, `[part]`. */
  readonly keys: readonly number[];
  /** The link it belongs to, `[part]`. */
  readonly links: readonly number[];
}

/**
 * How much each link moves, ‖α·v·W_O‖ (Kobayashi et al. 2020, "Attention is Not Only a Weight"),
 * `[link]`; of a link with several parts, the norm of their sum. One head: of its own vector. `mean`:
 * the norm of the heads' vectors summed, which is what the layer adds. `max`: the largest single
 * head's.
 */
export function valueNorms(source: ValueSource, links: Links, head: HeadSelection): Float32Array {
  if (typeof head === 'number') return norms(source, links, { first: head, count: 1 });
  if (head === 'mean') return norms(source, links, { first: 0, count: source.heads });
  const largest = new Float32Array(links.count);
  for (let first = 0; first < source.heads; first++) {
    const each = norms(source, links, { first, count: 1 });
    for (const [link, norm] of each.entries()) largest[link] = Math.max(largest[link]!, norm);
  }
  return largest;
}

/** Neighbouring heads. */
interface HeadRange {
  readonly first: number;
  readonly count: number;
}

/** Of the vectors of some heads summed, `[link]`. */
function norms(source: ValueSource, links: Links, range: HeadRange): Float32Array {
  const headWidth = source.output.inputs / source.heads;
  return tf.tidy(() => {
    const mixed = tf.tensor2d(mixture(source, links, range, headWidth), [
      links.count,
      range.count * headWidth,
    ]);
    const output = source.output.rows(range.first * headWidth, range.count * headWidth);
    return tf.norm(tf.matMul(mixed, output), 'euclidean', 1).dataSync<'float32'>(); // of [link, d_model]
  });
}

/** Σ α·v over the parts of a link, the chosen heads side by side: `[link, heads chosen · d_v]`. */
function mixture(
  { values, heads, keyValueHeads }: ValueSource,
  { count, weights, keys, links }: Links,
  range: HeadRange,
  headWidth: number,
): Float32Array {
  const sharing = heads / keyValueHeads;
  const mixed = new Float32Array(count * range.count * headWidth);
  for (const [part, key] of keys.entries()) {
    for (let chosen = 0; chosen < range.count; chosen++) {
      const head = range.first + chosen;
      const weight = weights[part * heads + head]!;
      const to = (links[part]! * range.count + chosen) * headWidth;
      const from = (key * keyValueHeads + Math.floor(head / sharing)) * headWidth;
      for (let d = 0; d < headWidth; d++) mixed[to + d]! += weight * values[from + d]!;
    }
  }
  return mixed;
}
