import * as tf from '@tensorflow/tfjs-core';
import { disposeKeysValues, type KeysValues } from './attention';

/** Keys and values of all layers of the decoder, kept between steps so that no token is computed twice. */
export class KeyValueCache {
  private readonly layers: (KeysValues | undefined)[] = [];

  /** Appends a layer's new keys and values to those of earlier steps. Call inside `tf.tidy`. */
  append(layer: number, own: KeysValues): KeysValues {
    const past = this.layers[layer];
    const grown: KeysValues = past
      ? {
          keysTransposed: own.keysTransposed.map(
            (keys, i) => tf.concat2d([past.keysTransposed[i]!, keys], 1), // [d_k, past + new]
          ),
          values: own.values.map((values, i) => tf.concat2d([past.values[i]!, values], 0)), // [past + new, d_v]
          length: past.length + own.length,
          heads: own.heads,
        }
      : own;
    this.layers[layer] = keep(grown);
    if (past) disposeKeysValues(past);
    return grown;
  }

  /** Sequence i of the cache becomes what sequence `rows[i]` was: beams live, die and multiply. */
  reorder(rows: Int32Array): void {
    for (const [layer, past] of this.layers.entries()) {
      if (past) this.layers[layer] = reorderKeysValues(past, rows);
    }
  }

  dispose(): void {
    for (const layer of this.layers) if (layer) disposeKeysValues(layer);
    this.layers.length = 0;
  }
}

/** Picks sequences; the given keys and values are freed. Clones share their numbers: nothing is copied. */
export function reorderKeysValues(past: KeysValues, rows: Int32Array): KeysValues {
  const { heads } = past;
  const pick = (tensors: readonly tf.Tensor2D[]): tf.Tensor2D[] =>
    Array.from(rows).flatMap((row) =>
      tensors.slice(row * heads, (row + 1) * heads).map((tensor) => tf.clone(tensor)),
    );
  const reordered = {
    keysTransposed: pick(past.keysTransposed),
    values: pick(past.values),
    length: past.length,
    heads,
  };
  disposeKeysValues(past);
  return reordered;
}

function keep(memory: KeysValues): KeysValues {
  for (const tensor of [...memory.keysTransposed, ...memory.values]) tf.keep(tensor);
  return memory;
}
