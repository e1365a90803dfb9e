import * as tf from '@tensorflow/tfjs-core';
import type { SequenceShape } from './sequence';

/**
 * Added to a score that must not be seen: the lowest float32, whose exponential is exactly 0 beside
 * any allowed score. Not −∞: a row that may see nothing would become NaN.
 */
const FORBIDDEN = -3.4028234663852886e38;

/** Additive masks, one `[query, key]` tensor a sequence; null where all may be seen. */
export type AttentionMask = readonly (tf.Tensor2D | null)[];

interface MaskRequest {
  readonly queries: SequenceShape;
  readonly keys: number;
  /** `[batch · key]`, 0 = padding. */
  readonly keyMask: Uint8Array;
  /** Query i may see keys up to i + `causalOffset` only; null: all (encoder, cross-attention). */
  readonly causalOffset: number | null;
  /** A causal query sees this many keys at most, itself included (Beltagy et al. 2020); null: all. */
  readonly window: number | null;
}

/** Masks for padding and, in a decoder, for the future (section 3.2.3) and for what is too long ago. */
export function attentionMask({
  queries,
  keys,
  keyMask,
  causalOffset,
  window,
}: MaskRequest): AttentionMask {
  return Array.from({ length: queries.batch }, (_, row) => {
    const padding = keyMask.subarray(row * keys, (row + 1) * keys);
    const causal = causalOffset !== null && causalOffset + 1 < keys;
    const windowed = window !== null && window < keys;
    if (!causal && !windowed && !padding.includes(0)) return null;
    const mask = new Float32Array(queries.length * keys); // [query, key]
    for (let query = 0; query < queries.length; query++) {
      const last = causalOffset === null ? keys : query + causalOffset;
      const first = window === null ? 0 : last - window + 1;
      for (let key = 0; key < keys; key++) {
        if (padding[key] === 0 || key > last || key < first) mask[query * keys + key] = FORBIDDEN;
      }
    }
    return tf.tensor2d(mask, [queries.length, keys]);
  });
}

/** Frees the tensors of a mask. */
export function disposeMask(mask: AttentionMask): void {
  for (const tensor of mask) tensor?.dispose();
}

/** Masks of a stack whose layers may have windows of their own: one for each kind of layer. */
export class LayerMasks {
  private readonly masks = new Map<number | null, AttentionMask>();

  constructor(private readonly request: Omit<MaskRequest, 'window'>) {}

  /** The mask of layers with this window. */
  of(window: number | null): AttentionMask {
    const known = this.masks.get(window);
    if (known) return known;
    const mask = attentionMask({ ...this.request, window });
    this.masks.set(window, mask);
    return mask;
  }

  dispose(): void {
    for (const mask of this.masks.values()) disposeMask(mask);
    this.masks.clear();
  }
}
