import { reshape, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Hook points, in TransformerLens vocabulary. Models of two stacks put `encoder.` or `decoder.` before
 * each name but those of the answer; `{l}` counts layers from 0. Shapes:
 *
 * | name | shape |
 * |---|---|
 * | `embed`, `pos_embed`, `type_embed` | `[batch, position, width]` (embed: scaled); the last two only where they are added |
 * | `blocks.{l}.resid_pre` | `[batch, position, d_model]`, what enters the block |
 * | `blocks.{l}.ln1`, `.ln2`, `.ln_cross` | `[batch, position, d_model]`, what a sub-layer reads (pre-norm) |
 * | `blocks.{l}.attn.hook_q`, `.z` | `[batch, position, head, d_head]` (q before scale and rotation) |
 * | `blocks.{l}.attn.hook_k`, `.hook_v` | `[batch, position, key-value head, d_head]` |
 * | `blocks.{l}.attn.hook_rot_q`, `.hook_rot_k` | the same, turned (rotary positions) |
 * | `blocks.{l}.attn.scores` | `[batch, head, query, key]`, after scale, position bias and mask |
 * | `blocks.{l}.attn.pattern` | `[batch, head, query, key]`, after softmax |
 * | `blocks.{l}.attn.result` | `[batch, position, head, d_model]`, z · W_O a head, without b_O |
 * | `blocks.{l}.attn_out`, `.cross_attn_out`, `.mlp_out` | `[batch, position, d_model]`, what a sub-layer adds |
 * | `blocks.{l}.resid_mid`, `.resid_mid_cross`, `.resid_post` | `[batch, position, d_model]`, the sum (post-norm: before its norm) |
 * | `blocks.{l}.normalized_resid_post` | `[batch, position, d_model]`, what leaves a post-norm block |
 * | `blocks.{l}.mlp.pre`, `.post` | `[batch, position, d_ff]`, before and after the non-linearity (and gate) |
 * | `ln_final` | `[batch, position, width]`, output of the stack |
 * | `logits`, `start_logits`, `end_logits`, `pooler_output` (no prefix) | as the reference has them |
 *
 * Decoder blocks of an encoder–decoder have `cross_attn.*` beside `attn.*`. While decoding with a
 * cache, `position` and `query` cover only the tokens of that step.
 */
export type HookName = string;

/** Chooses hook points and sees (or changes) the values there. */
export interface Probe {
  /** Asked before a value is gathered, so that nobody pays for what nobody wants. */
  wants(name: HookName): boolean;
  /**
   * Called with the value inside a `tf.tidy`: read it there, or `tf.keep` a clone. Whatever is
   * returned takes the value's place; `undefined` leaves it.
   */
  visit(name: HookName, value: Tensor): Tensor | undefined;
}

/** Sees nothing, changes nothing. */
export const noProbe: Probe = { wants: () => false, visit: () => undefined };

/**
 * Passes a value that the model keeps as `[rows, columns]` by the probe in the hook's own shape.
 * Without interest the value goes on untouched, so a run with a silent probe is the same run.
 */
export function offer<T extends Tensor>(
  probe: Probe,
  name: HookName,
  value: T,
  shape: readonly number[],
): T {
  if (!probe.wants(name)) return value;
  const changed = probe.visit(name, reshape(value, [...shape]));
  return changed === undefined ? value : (reshape(changed, value.shape) as T);
}
