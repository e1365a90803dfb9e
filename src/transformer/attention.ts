import * as tf from '@tensorflow/tfjs-core';
import type { Linear } from './linear';
import type { AttentionMask } from './mask';
import { product } from './product';
import { offer, type HookName, type Probe } from './probe';
import type { SequenceShape } from './sequence';

/**
 * Keys and values by sequence and head: entry `row · heads + head`. Keys are kept transposed, so that
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
  readonly key: Linear; // [d_model, heads · d_k]
  readonly value: Linear; // [d_model, heads · d_v]
  readonly output: Linear; // W_O [heads · d_v, d_model]
}

/**
 * Multi-head attention (section 3.2.2): head_h = softmax(q_h k_hᵀ / √d_k + mask) v_h; the heads,
 * concatenated, times W_O. Each head is a plain 2-D product: on WASM the batched 4-D form is 8–20
 * times slower.
 */
export class Attention {
  constructor(
    readonly projections: AttentionProjections,
    readonly heads: number,
  ) {}

  private get headWidth(): number {
    return this.projections.query.weight.shape[1] / this.heads;
  }

  /** Keys and values of `x` `[batch · key, d_model]`. */
  keysValues(x: tf.Tensor2D, shape: SequenceShape, probe: Probe, name: HookName): KeysValues {
    const byHead = [shape.batch, shape.length, this.heads, this.headWidth];
    const { key, value } = this.projections;
    const keys = offer(probe, `${name}.hook_k`, key.apply(x), byHead); // [batch · key, heads · d_k]
    const values = offer(probe, `${name}.hook_v`, value.apply(x), byHead);
    return {
      keysTransposed: this.split(keys, shape).map((head) => tf.transpose(head)),
      values: this.split(values, shape),
      length: shape.length,
      heads: this.heads,
    };
  }

  /** Attention output `[batch · query, d_model]` of the queries of `x` `[batch · query, d_model]`. */
  apply(
    x: tf.Tensor2D,
    shape: SequenceShape,
    { keysTransposed, values, length: keys }: KeysValues,
    mask: AttentionMask,
    probe: Probe,
    name: HookName,
  ): tf.Tensor2D {
    const { heads, headWidth } = this;
    const byHead = [shape.batch, shape.length, heads, headWidth];
    const all = [shape.batch, heads, shape.length, keys]; // [batch, head, query, key]
    const query = offer(probe, `${name}.hook_q`, this.projections.query.apply(x), byHead);
    const scaled = tf.mul<tf.Tensor2D>(query, 1 / Math.sqrt(headWidth)); // [batch · query, heads · d_k]
    const scores = this.split(scaled, shape).map((head, i): tf.Tensor2D => {
      const raw = product(head, keysTransposed[i]!); // [query, key]
      const rowMask = mask[Math.floor(i / heads)];
      return rowMask ? tf.add<tf.Tensor2D>(raw, rowMask) : raw;
    });
    const seen = offerHeads(probe, `${name}.scores`, scores, all);
    const weights = seen.map((head) => tf.softmax(head));
    const pattern = offerHeads(probe, `${name}.pattern`, weights, all);
    const mixtures = pattern.map((head, i) => product(head, values[i]!)); // each [query, d_v]
    const z = offer(probe, `${name}.z`, this.join(mixtures, shape), byHead);
    return this.project(z, shape, probe, `${name}.result`);
  }

  /** concat(heads) · W_O + b_O; when a probe changes single heads' results, their sum instead. */
  private project(z: tf.Tensor2D, shape: SequenceShape, probe: Probe, name: HookName): tf.Tensor2D {
    const { output } = this.projections;
    if (!probe.wants(name)) return output.apply(z);
    const dModel = output.weight.shape[1];
    const results = Array.from({ length: this.heads }, (_, head) => {
      const zHead = tf.slice(z, [0, head * this.headWidth], [-1, this.headWidth]);
      const weight = tf.slice(output.weight, [head * this.headWidth, 0], [this.headWidth, -1]);
      return product(zHead, weight); // [batch · query, d_model]
    });
    const byHead = [shape.batch, shape.length, this.heads, dModel];
    const changed = probe.visit(name, tf.reshape(tf.stack(results, 1), byHead));
    if (changed === undefined) return output.apply(z);
    const sum = tf.reshape(tf.sum(changed, 2), [shape.batch * shape.length, dModel]);
    return (output.bias ? tf.add(sum, output.bias) : sum) as tf.Tensor2D;
  }

  /** `[batch · position, heads · d]` → one `[position, d]` a sequence and head. */
  private split(x: tf.Tensor2D, { batch, length }: SequenceShape): tf.Tensor2D[] {
    const width = this.headWidth;
    return Array.from({ length: batch * this.heads }, (_, i) => {
      const row = Math.floor(i / this.heads);
      return tf.slice(x, [row * length, (i % this.heads) * width], [length, width]);
    });
  }

  /** The inverse of `split`. */
  private join(parts: readonly tf.Tensor2D[], { batch }: SequenceShape): tf.Tensor2D {
    const rows = Array.from({ length: batch }, (_, row) =>
      tf.concat2d(parts.slice(row * this.heads, (row + 1) * this.heads), 1),
    );
    return rows.length === 1 ? rows[0]! : tf.concat2d(rows, 0);
  }
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
