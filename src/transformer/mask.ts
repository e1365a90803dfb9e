import * as tf from '@tensorflow/tfjs-core';
import type { SequenceShape } from './sequence';

/**
 * Added to a score that must not be seen: the lowest float32, whose exponential is exactly 0 beside
 * any allowed score. Not −∞: a row that may see nothing would become NaN.
 */
const FORBIDDEN = -3.4028234663852886e38;

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

/**
 * What queries may not see: padding and, in a decoder, the future (section 3.2.3) and what is too long
 * ago. Its tensors are made when they are asked for, and kept until `dispose`.
 */
export class AttentionMask {
  /** Query i sees keys up to i + `causalOffset`; null: only the tensors tell. */
  readonly causalOffset: number | null;
  private readonly windowed: boolean;
  /** By sequence; all without padding have that of −1. */
  private readonly tensors = new Map<number, tf.Tensor2D>();

  constructor(private readonly request: MaskRequest) {
    const { causalOffset, keyMask, keys, window } = request;
    // A query before all real tokens sees nothing, which the tensors spread over all keys alike.
    this.causalOffset = keyMask.includes(0) ? null : causalOffset;
    this.windowed = window !== null && window < keys;
  }

  /** Added to the scores of a sequence, `[query, key]`; null: all may be seen. */
  of(sequence: number): tf.Tensor2D | null {
    const { keys, causalOffset } = this.request;
    const padding = this.padding(sequence);
    const padded = padding.includes(0);
    const causal = causalOffset !== null && causalOffset + 1 < keys;
    if (!causal && !this.windowed && !padded) return null;
    const name = padded ? sequence : -1;
    const known = this.tensors.get(name);
    if (known) return known;
    const made = tf.keep(this.tensor(padding));
    this.tensors.set(name, made);
    return made;
  }

  /** The same where `causalOffset` is obeyed anyway: null if that is all. */
  besidesFuture(sequence: number): tf.Tensor2D | null {
    return this.causalOffset !== null && !this.windowed ? null : this.of(sequence);
  }

  dispose(): void {
    tf.dispose([...this.tensors.values()]);
    this.tensors.clear();
  }

  private padding(sequence: number): Uint8Array {
    const { keys, keyMask } = this.request;
    return keyMask.subarray(sequence * keys, (sequence + 1) * keys);
  }

  private tensor(padding: Uint8Array): tf.Tensor2D {
    const { queries, keys, causalOffset, window } = this.request;
    const mask = new Float32Array(queries.length * keys); // [query, key]
    for (let query = 0; query < queries.length; query++) {
      const last = causalOffset === null ? keys : query + causalOffset;
      const first = window === null ? 0 : last - window + 1;
      for (let key = 0; key < keys; key++) {
        if (padding[key] === 0 || key > last || key < first) mask[query * keys + key] = FORBIDDEN;
      }
    }
    return tf.tensor2d(mask, [queries.length, keys]);
  }
}

/** Masks of a stack whose layers may have windows of their own: one for each kind of layer. */
export class LayerMasks {
  private readonly masks = new Map<number | null, AttentionMask>();

  constructor(private readonly request: Omit<MaskRequest, 'window'>) {}

  /** The mask of layers with this window. */
  of(window: number | null): AttentionMask {
    const known = this.masks.get(window);
    if (known) return known;
    const mask = new AttentionMask({ ...this.request, window });
    this.masks.set(window, mask);
    return mask;
  }

  dispose(): void {
    for (const mask of this.masks.values()) mask.dispose();
    this.masks.clear();
  }
}
