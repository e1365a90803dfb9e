import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Attention } from '../attention/attention';
import type { KeysValues, NewKeysValues } from '../attention/keysValues';
import type { FeedForward } from '../feedForward';
import type { AttentionMask } from '../mask';
import type { Norm } from '../normalization';
import type { PositionEffect } from '../positions/positionEffect';
import type { HookName, Probe } from '../probe';
import type { SequenceShape } from '../sequence';
import type { Variation } from '../variation';

/** An attention sub-layer and the norm that goes with it. */
export interface AttentionSubLayer {
  readonly attention: Attention;
  readonly norm: Norm;
}

/** Parts of a block; `cross` only in the decoder of an encoder–decoder. */
export interface BlockParts {
  readonly self: AttentionSubLayer;
  readonly cross: AttentionSubLayer | null;
  readonly feedForward: FeedForward;
  /** Null where the feed-forward network reads what attention reads (GPT-J). */
  readonly feedForwardNorm: Norm | null;
}

/** What the encoder's output means to a decoder block. */
export interface CrossContext {
  readonly memory: KeysValues;
  readonly mask: AttentionMask;
}

/** What a block is given besides the stream. */
export interface BlockContext {
  readonly shape: SequenceShape;
  /** Of the block's own queries and keys. */
  readonly mask: AttentionMask;
  readonly effect: PositionEffect;
  readonly variation: Variation;
  /** Turns the block's own keys and values into all that may be attended to: as they are, or appended to the cache. */
  readonly remember: (own: NewKeysValues) => KeysValues;
  readonly cross: CrossContext | null;
  readonly probe: Probe;
}

/** One layer of a stack (figure 1). Its kinds differ in where they normalise. */
export interface Block {
  readonly parts: BlockParts;
  /** `encoder.blocks.0` */
  readonly name: HookName;
  /** The residual stream `[batch · position, d_model]` → the same shape. */
  apply(x: Tensor2D, context: BlockContext): Tensor2D;
  /** The same block made of other parts. */
  madeOf(parts: BlockParts): Block;
}
