import * as tf from '@tensorflow/tfjs-core';
import { product } from '../product';
import type { HookName, Probe } from '../probe';
import { join, split } from './headRows';
import { headScores, scaled } from './headScores';
import type { KeysValues, NewKeysValues, Queries } from './keysValues';

const FLOAT_BYTES = 4;

/** Of one head. */
interface HeadKeysValues {
  readonly keysTransposed: tf.Tensor2D; // [d, key]
  readonly values: tf.Tensor2D; // [key, d]
}

/**
 * A matrix a sequence and head, for tfjs's own operations: each head is computed by plain 2-D
 * products, since on WASM the batched 4-D form is 8–20 times slower.
 */
export class PlainKeysValues implements KeysValues {
  private constructor(
    private readonly heads: number,
    /** Entry `sequence · heads + head`. */
    private parts: readonly HeadKeysValues[],
  ) {}

  static of(first: NewKeysValues): PlainKeysValues {
    return new PlainKeysValues(first.heads, partsOf(first));
  }

  get length(): number {
    return this.parts[0]?.values.shape[0] ?? 0;
  }

  get tensors(): readonly tf.Tensor[] {
    return this.parts.flatMap(({ keysTransposed, values }) => [keysTransposed, values]);
  }

  get bytes(): number {
    return this.tensors.reduce((sum, { size }) => sum + FLOAT_BYTES * size, 0);
  }

  answer(queries: Queries, probe: Probe, name: HookName): tf.Tensor2D {
    const { shape, heads } = queries;
    const sharing = heads / this.heads;
    /** The keys and values of a sequence's head of queries. */
    const partOf = (i: number): HeadKeysValues => this.parts[Math.floor(i / sharing)]!;
    const all = [shape.batch, heads, shape.length, this.length]; // [batch, head, query, key]
    const rows = split(scaled(queries), shape, heads);
    const scores = rows.map((head, i) =>
      headScores(queries, Math.floor(i / heads), i % heads, head, partOf(i).keysTransposed),
    );
    const seen = offerHeads(probe, `${name}.scores`, scores, all);
    const weights = seen.map((head) => tf.softmax(head));
    const pattern = offerHeads(probe, `${name}.pattern`, weights, all);
    const mixtures = pattern.map((head, i) => product(head, partOf(i).values)); // each [query, d]
    return join(mixtures, shape, heads);
  }

  keep(): void {
    for (const { keysTransposed, values } of this.parts) {
      tf.keep(keysTransposed);
      tf.keep(values);
    }
  }

  append(more: NewKeysValues): void {
    const further = partsOf(more);
    this.become(
      this.parts.map(({ keysTransposed, values }, i) => ({
        keysTransposed: tf.concat2d([keysTransposed, further[i]!.keysTransposed], 1),
        values: tf.concat2d([values, further[i]!.values], 0),
      })),
    );
  }

  reorder(rows: Int32Array): void {
    const { heads, parts } = this;
    this.become(
      Array.from(rows).flatMap((row) => parts.slice(row * heads, (row + 1) * heads).map(shared)),
    );
  }

  truncate(length: number): void {
    if (length >= this.length) return;
    this.become(
      this.parts.map(({ keysTransposed, values }) => ({
        keysTransposed: tf.slice(keysTransposed, [0, 0], [-1, length]),
        values: tf.slice(values, [0, 0], [length, -1]),
      })),
    );
  }

  dispose(): void {
    for (const { keysTransposed, values } of this.parts) tf.dispose([keysTransposed, values]);
  }

  private become(parts: readonly HeadKeysValues[]): void {
    this.dispose();
    this.parts = parts;
    this.keep();
  }
}

function partsOf({ keys, values, shape, heads }: NewKeysValues): HeadKeysValues[] {
  const valueHeads = split(values, shape, heads);
  return split(keys, shape, heads).map((head, i) => ({
    keysTransposed: tf.transpose(head),
    values: valueHeads[i]!,
  }));
}

/** The same numbers once more: a reshaped tensor shares them, a clone on WASM copies. */
const shared = ({ keysTransposed, values }: HeadKeysValues): HeadKeysValues => ({
  keysTransposed: tf.reshape(keysTransposed, keysTransposed.shape),
  values: tf.reshape(values, values.shape),
});

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
