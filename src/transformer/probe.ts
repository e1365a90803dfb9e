import { reshape, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Hook points, in TransformerLens vocabulary. Two stacks, so each name begins with `encoder.` or
 * `decoder.`; `{l}` counts layers from 0. Shapes:
 *
 * | name | shape |
 * |---|---|
 * | `embed`, `pos_embed` | `[batch, position, d_model]` (embed: after × √d_model) |
 * | `blocks.{l}.resid_pre` | `[batch, position, d_model]`, what enters the block |
 * | `blocks.{l}.attn.hook_q`, `.hook_k`, `.hook_v`, `.z` | `[batch, position, head, d_head]` (q before ÷ √d_k) |
 * | `blocks.{l}.attn.scores` | `[batch, head, query, key]`, after ÷ √d_k and mask |
 * | `blocks.{l}.attn.pattern` | `[batch, head, query, key]`, after softmax |
 * | `blocks.{l}.attn.result` | `[batch, position, head, d_model]`, z · W_O a head, without b_O |
 * | `blocks.{l}.attn_out`, `.cross_attn_out`, `.mlp_out` | `[batch, position, d_model]`, what a sub-layer adds |
 * | `blocks.{l}.resid_mid`, `.resid_mid_cross`, `.resid_post` | `[batch, position, d_model]`, the sum before its norm |
 * | `blocks.{l}.normalized_resid_post` | `[batch, position, d_model]`, what leaves the block |
 * | `blocks.{l}.mlp.pre`, `.post` | `[batch, position, d_ff]`, before and after the non-linearity |
 * | `ln_final` | `[batch, position, d_model]`, output of the stack |
 * | `logits` (no prefix) | `[batch, position, vocabulary]` |
 *
 * Decoder blocks have `cross_attn.*` beside `attn.*`. While decoding with a cache, `position` and
 * `query` cover only the tokens of that step.
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

const ATTENTION_POINTS = ['hook_q', 'hook_k', 'hook_v', 'scores', 'pattern', 'z', 'result'];
const BLOCK_POINTS = ['resid_pre', 'attn_out', 'resid_mid', 'mlp.pre', 'mlp.post', 'mlp_out'];
const CROSS_POINTS = ['cross_attn_out', 'resid_mid_cross'];
const END_POINTS = ['resid_post', 'normalized_resid_post'];

/** Every hook name of a model with these many layers, in the order they are visited in a block. */
export function hookNames(layers: { encoder: number; decoder: number }): HookName[] {
  const names: HookName[] = [];
  for (const stack of ['encoder', 'decoder'] as const) {
    names.push(`${stack}.embed`, `${stack}.pos_embed`);
    for (let layer = 0; layer < layers[stack]; layer++) {
      const points = [...BLOCK_POINTS, ...ATTENTION_POINTS.map((point) => `attn.${point}`)];
      if (stack === 'decoder') {
        points.push(...CROSS_POINTS, ...ATTENTION_POINTS.map((point) => `cross_attn.${point}`));
      }
      names.push(...[...points, ...END_POINTS].map((point) => `${stack}.blocks.${layer}.${point}`));
    }
    names.push(`${stack}.ln_final`);
  }
  return [...names, 'logits'];
}
