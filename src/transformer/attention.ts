import * as tf from '@tensorflow/tfjs-core';
import type { Linear } from './linear';
import type { AttentionMask } from './mask';
import { product } from './product';
import type { Norm } from './normalization';
import { noEffect, type PositionEffect } from './positions/positionEffect';
import { offer, type HookName, type Probe } from './probe';
import { scoresBy, type ChangedScores } from './scoreFunction';
import type { SequenceShape } from './sequence';

/**
 * Keys and values by sequence and head: entry `row · heads + head`, where several heads of queries may
 * share one of these. Keys are kept transposed, so that
 * q · kᵀ is a plain product. Cross-attention computes this once; the decoder's own grows by a step.
 */
export interface KeysValues {
  readonly keysTransposed: readonly tf.Tensor2D[]; // [d_k, key]
  readonly values: readonly tf.Tensor2D[]; // [key, d_v]
  /** Keys in each sequence. */
  readonly length: number;
  readonly heads: number;
}

/** Frees keys and values. */
export function disposeKeysValues({ keysTransposed, values }: KeysValues): void {
  tf.dispose([...keysTransposed, ...values]);
}

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
 * concatenated, times W_O. Several heads may share keys and values (Ainslie et al. 2023). Each head is
 * a plain 2-D product: on WASM the batched 4-D form is 8–20 times slower.
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
  ): KeysValues {
    const { keyValueHeads: heads, headWidth } = this.shape;
    const byHead = [shape.batch, shape.length, heads, headWidth];
    const { key, keyNorm, value } = this.projections;
    const raw = offer(probe, `${name}.hook_k`, normed(key.apply(x), keyNorm, headWidth), byHead); // [batch · key, heads · d_k]
    const keys = rotation
      ? offer(probe, `${name}.hook_rot_k`, rotation.apply(raw, heads), byHead)
      : raw;
    const values = offer(probe, `${name}.hook_v`, value.apply(x), byHead);
    return {
      keysTransposed: split(keys, shape, heads).map((head) => tf.transpose(head)),
      values: split(values, shape, heads),
      length: shape.length,
      heads,
    };
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
    const { heads, keyValueHeads, headWidth } = this.shape;
    const byHead = [shape.batch, shape.length, heads, headWidth];
    const all = [shape.batch, heads, shape.length, memory.length]; // [batch, head, query, key]
    const sharing = heads / keyValueHeads;
    /** Where the keys and values of a sequence's head are. */
    const shared = (i: number): number => Math.floor(i / sharing);
    const query = this.queries(x, byHead, effect, probe, name);
    const scores = split(query, shape, heads).map((head, i): tf.Tensor2D => {
      const row = Math.floor(i / heads);
      const keys = memory.keysTransposed[shared(i)]!;
      const raw = this.compare(head, keys, i % heads, changed); // [query, key]
      const bias = effect.bias?.of(row, i % heads);
      const biased = bias ? tf.add<tf.Tensor2D>(raw, bias) : raw;
      const rowMask = mask[row];
      return rowMask ? tf.add<tf.Tensor2D>(biased, rowMask) : biased;
    });
    const seen = offerHeads(probe, `${name}.scores`, scores, all);
    const weights = seen.map((head) => tf.softmax(head));
    const pattern = offerHeads(probe, `${name}.pattern`, weights, all);
    const mixtures = pattern.map((head, i) => product(head, memory.values[shared(i)]!)); // each [query, d_v]
    const z = offer(probe, `${name}.z`, join(mixtures, shape, heads), byHead);
    return this.project(z, shape, probe, `${name}.result`);
  }

  /** Scores `[query, key]` of a head, before position bias and mask. */
  private compare(
    queries: tf.Tensor2D,
    keysTransposed: tf.Tensor2D,
    head: number,
    changed: ChangedScores | undefined,
  ): tf.Tensor2D {
    if (!changed || changed.heads?.has(head) === false) return product(queries, keysTransposed);
    return scoresBy(changed.function, queries, keysTransposed, this.shape.scale);
  }

  /** Queries as they meet the keys, times the scale, `[batch · query, heads · d_k]`. */
  private queries(
    x: tf.Tensor2D,
    byHead: readonly number[],
    { rotation }: PositionEffect,
    probe: Probe,
    name: HookName,
  ): tf.Tensor2D {
    const { heads, headWidth, scale } = this.shape;
    const { query, queryNorm } = this.projections;
    const raw = offer(
      probe,
      `${name}.hook_q`,
      normed(query.apply(x), queryNorm, headWidth),
      byHead,
    );
    const turned = rotation
      ? offer(probe, `${name}.hook_rot_q`, rotation.apply(raw, heads), byHead)
      : raw;
    return scale === 1 ? turned : tf.mul<tf.Tensor2D>(turned, scale);
  }

  /** concat(heads) · W_O + b_O; when a probe changes single heads' results, their sum instead. */
  private project(z: tf.Tensor2D, shape: SequenceShape, probe: Probe, name: HookName): tf.Tensor2D {
    const { output } = this.projections;
    if (!probe.wants(name)) return output.apply(z);
    const dModel = output.weight.shape[1];
    const { heads, headWidth } = this.shape;
    const results = Array.from({ length: heads }, (_, head) => {
      const zHead = tf.slice(z, [0, head * headWidth], [-1, headWidth]);
      const weight = tf.slice(output.weight, [head * headWidth, 0], [headWidth, -1]);
      return product(zHead, weight); // [batch · query, d_model]
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

/** `[batch · position, heads · d]` → one `[position, d]` a sequence and head. */
function split(x: tf.Tensor2D, { batch, length }: SequenceShape, heads: number): tf.Tensor2D[] {
  const width = x.shape[1] / heads;
  return Array.from({ length: batch * heads }, (_, i) => {
    const row = Math.floor(i / heads);
    return tf.slice(x, [row * length, (i % heads) * width], [length, width]);
  });
}

/** The inverse of `split`. */
function join(parts: readonly tf.Tensor2D[], { batch }: SequenceShape, heads: number): tf.Tensor2D {
  const rows = Array.from({ length: batch }, (_, row) =>
    tf.concat2d(parts.slice(row * heads, (row + 1) * heads), 1),
  );
  return rows.length === 1 ? rows[0]! : tf.concat2d(rows, 0);
}

/** Offers one matrix a head as a single `[batch, head, query, key]` tensor. */
function offerHeads(
  probe: Probe,
  name: HookName,
  parts: readonly tf.Tensor2D[],
  shape: readonly number[],
): readonly tf.Tensor2D[] {
  if (!probe.wants(name)) return parts;
  const changed = probe.visit(name, tf.reshape(tf.stack([...parts]), [...shape]));
  if (changed === undefined) return parts;
  const [, , queries = 0, keys = 0] = shape;
  return tf.unstack(tf.reshape(changed, [parts.length, queries, keys])) as tf.Tensor2D[];
}
