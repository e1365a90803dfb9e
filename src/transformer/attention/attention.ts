import * as tf from '@tensorflow/tfjs-core';
import type { Linear } from '../linear';
import type { AttentionMask } from '../mask';
import type { Norm } from '../normalization';
import { noEffect, type PositionEffect } from '../positions/positionEffect';
import { offer, type HookName, type Probe } from '../probe';
import { product } from '../product';
import type { ChangedScores } from '../scoreFunction';
import type { SequenceShape } from '../sequence';
import type { KeysValues, NewKeysValues } from './keysValues';

/** What attention is computed with: projections of section 3.2.2, all heads side by side in the columns. */
export interface AttentionProjections {
  readonly query: Linear; // [d_model, heads · d_k]
  readonly key: Linear; // [d_model, key-value heads · d_k]
  readonly value: Linear; // [d_model, key-value heads · d_v]
  readonly output: Linear; // W_O [heads · d_v, d_model]
  /** Normalise each head of queries and keys, `[rows · heads, d_k]` (Qwen3). */
  readonly queryNorm: Norm | null;
  readonly keyNorm: Norm | null;
}

export interface AttentionShape {
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headWidth: number;
  /** Factor on q · k. */
  readonly scale: number;
}

/** What a query may attend to, and from where it looks. */
export interface AttentionContext {
  readonly mask: AttentionMask;
  readonly effect: PositionEffect;
  /** Another way to compare; undefined: as trained. */
  readonly changed?: ChangedScores | undefined;
}

/**
 * Multi-head attention (section 3.2.2): head_h = softmax(q_h k_hᵀ / √d_k + mask) v_h; the heads,
 * concatenated, times W_O. Several heads may share keys and values (Ainslie et al. 2023). What is
 * between the projections is up to the form in which keys and values are kept.
 */
export class Attention {
  constructor(
    readonly projections: AttentionProjections,
    readonly shape: AttentionShape,
  ) {}

  /** Keys and values of `x` `[batch · key, d_model]`. */
  keysValues(
    x: tf.Tensor2D,
    shape: SequenceShape,
    probe: Probe,
    name: HookName,
    { rotation }: PositionEffect = noEffect,
  ): NewKeysValues {
    const { keyValueHeads: heads, headWidth } = this.shape;
    const byHead = [shape.batch, shape.length, heads, headWidth];
    const { key, keyNorm, value } = this.projections;
    const raw = offer(probe, `${name}.hook_k`, normed(key.apply(x), keyNorm, headWidth), byHead); // [batch · key, heads · d_k]
    const keys = rotation
      ? offer(probe, `${name}.hook_rot_k`, rotation.apply(raw, heads), byHead)
      : raw;
    const values = offer(probe, `${name}.hook_v`, value.apply(x), byHead);
    return { keys, values, shape, heads };
  }

  /** Attention output `[batch · query, d_model]` of the queries of `x` `[batch · query, d_model]`. */
  apply(
    x: tf.Tensor2D,
    shape: SequenceShape,
    memory: KeysValues,
    { mask, effect, changed }: AttentionContext,
    probe: Probe,
    name: HookName,
  ): tf.Tensor2D {
    const { heads, headWidth, scale } = this.shape;
    const byHead = [shape.batch, shape.length, heads, headWidth];
    const rows = this.queries(x, byHead, effect, probe, name);
    const queries = { rows, shape, heads, scale, mask, bias: effect.bias, changed };
    const z = offer(probe, `${name}.z`, memory.answer(queries, probe, name), byHead);
    return this.project(z, shape, probe, `${name}.result`);
  }

  /** Queries as they meet the keys, `[batch · query, heads · d_k]`. */
  private queries(
    x: tf.Tensor2D,
    byHead: readonly number[],
    { rotation }: PositionEffect,
    probe: Probe,
    name: HookName,
  ): tf.Tensor2D {
    const { heads, headWidth } = this.shape;
    const { query, queryNorm } = this.projections;
    const raw = offer(
      probe,
      `${name}.hook_q`,
      normed(query.apply(x), queryNorm, headWidth),
      byHead,
    );
    return rotation ? offer(probe, `${name}.hook_rot_q`, rotation.apply(raw, heads), byHead) : raw;
  }

  /** concat(heads) · W_O + b_O; when a probe changes single heads' results, their sum instead. */
  private project(z: tf.Tensor2D, shape: SequenceShape, probe: Probe, name: HookName): tf.Tensor2D {
    const { output } = this.projections;
    if (!probe.wants(name)) return output.apply(z);
    const dModel = output.weight.outputs;
    const { heads, headWidth } = this.shape;
    const results = Array.from({ length: heads }, (_, head) => {
      const zHead = tf.slice(z, [0, head * headWidth], [-1, headWidth]);
      return product(zHead, output.weight.rows(head * headWidth, headWidth)); // [batch · query, d_model]
    });
    const byHead = [shape.batch, shape.length, heads, dModel];
    const changed = probe.visit(name, tf.reshape(tf.stack(results, 1), byHead));
    if (changed === undefined) return output.apply(z);
    const sum = tf.reshape(tf.sum(changed, 2), [shape.batch * shape.length, dModel]);
    return (output.bias ? tf.add(sum, output.bias) : sum) as tf.Tensor2D;
  }
}

/** Normalises each head of `[rows, heads · d]` by itself. */
function normed(x: tf.Tensor2D, norm: Norm | null, headWidth: number): tf.Tensor2D {
  if (!norm) return x;
  const [rows, width] = x.shape;
  const byHead = tf.reshape<tf.Rank.R2>(x, [(rows * width) / headWidth, headWidth]);
  return tf.reshape(norm.apply(byHead), [rows, width]);
}
