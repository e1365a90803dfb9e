import type { Tensor } from '@tensorflow/tfjs-core';
import type { KeysValues, NewKeysValues } from './attention/keysValues';
import { keysValuesOf } from './attention/keysValuesOf';

/** Keys and values of all layers of the decoder, kept between steps so that no token is computed twice. */
export class KeyValueCache {
  private readonly layers: (KeysValues | undefined)[] = [];

  get tensors(): readonly Tensor[] {
    return this.layers.flatMap((layer) => layer?.tensors ?? []);
  }

  /** Bytes that its tokens take. */
  get bytes(): number {
    return this.layers.reduce((sum, layer) => sum + (layer?.bytes ?? 0), 0);
  }

  /** Adds a layer's new keys and values to those of earlier steps. Call inside `tf.tidy`. */
  append(layer: number, own: NewKeysValues): KeysValues {
    const past = this.layers[layer];
    if (past) {
      past.append(own);
      return past;
    }
    const first = keysValuesOf(own);
    first.keep();
    this.layers[layer] = first;
    return first;
  }

  /** Sequence i of the cache becomes what sequence `rows[i]` was: beams live, die and multiply. */
  reorder(rows: Int32Array): void {
    for (const layer of this.layers) layer?.reorder(rows);
  }

  /** Only the first `length` tokens of each sequence stay. */
  truncate(length: number): void {
    if (length === 0) this.dispose();
    for (const layer of this.layers) layer?.truncate(length);
  }

  dispose(): void {
    for (const layer of this.layers) layer?.dispose();
    this.layers.length = 0;
  }
}
