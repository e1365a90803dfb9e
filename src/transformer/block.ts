import * as tf from '@tensorflow/tfjs-core';
import type { Attention, KeysValues } from './attention';
import type { FeedForward } from './feedForward';
import type { AttentionMask } from './mask';
import type { LayerNorm } from './normalization';
import { offer, type HookName, type Probe } from './probe';
import type { SequenceShape } from './sequence';

/** An attention sub-layer and the LayerNorm of its residual connection. */
export interface AttentionSubLayer {
  readonly attention: Attention;
  readonly norm: LayerNorm;
}

/** Parts of a block; `cross` only in the decoder. */
export interface BlockParts {
  readonly self: AttentionSubLayer;
  readonly cross: AttentionSubLayer | null;
  readonly feedForward: FeedForward;
  readonly feedForwardNorm: LayerNorm;
}

/** What the encoder's output means to a decoder block. */
export interface CrossContext {
  readonly memory: KeysValues;
  readonly mask: AttentionMask;
}

/** One layer of a stack (figure 1): LayerNorm(x + SubLayer(x)) for each sub-layer, post-norm as in section 3.1. */
export class Block {
  constructor(
    readonly parts: BlockParts,
    /** `encoder.blocks.0` */
    readonly name: HookName,
  ) {}

  /**
   * `x` `[batch · position, d_model]` → the same shape. `ownMemory` turns the block's own keys and
   * values into all that may be attended to: as they are, or appended to the cache.
   */
  apply(
    x: tf.Tensor2D,
    shape: SequenceShape,
    mask: AttentionMask,
    ownMemory: (own: KeysValues) => KeysValues,
    cross: CrossContext | null,
    probe: Probe,
  ): tf.Tensor2D {
    const { self, feedForward, feedForwardNorm } = this.parts;
    const at = (point: string, value: tf.Tensor2D): tf.Tensor2D =>
      offer(probe, `${this.name}.${point}`, value, [shape.batch, shape.length, value.shape[1]]);

    let stream = at('resid_pre', x);
    const attn = `${this.name}.attn`;
    const memory = ownMemory(self.attention.keysValues(stream, shape, probe, attn));
    const attended = self.attention.apply(stream, shape, memory, mask, probe, attn);
    stream = self.norm.apply(at('resid_mid', tf.add(stream, at('attn_out', attended))));

    if (this.parts.cross && cross) {
      const { attention, norm } = this.parts.cross;
      const name = `${this.name}.cross_attn`;
      const read = attention.apply(stream, shape, cross.memory, cross.mask, probe, name);
      stream = norm.apply(at('resid_mid_cross', tf.add(stream, at('cross_attn_out', read))));
    }

    const transformed = at('mlp_out', feedForward.apply(stream, shape, probe, `${this.name}.mlp`));
    const normed = feedForwardNorm.apply(at('resid_post', tf.add(stream, transformed)));
    return at('normalized_resid_post', normed);
  }
}
