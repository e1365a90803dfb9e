import * as tf from '@tensorflow/tfjs-core';
import type { KeysValues, NewKeysValues } from './attention/keysValues';
import { keysValuesOf } from './attention/keysValuesOf';
import { KeyValueCache } from './keyValueCache';
import { AttentionMask } from './mask';
import type { Probe } from './probe';
import type { RunControl } from './runControl';
import type { TokenBatch } from './sequence';
import type { Stack } from './stack';
import type { Variation } from './variation';

/** The encoder's output as the decoder reads it. */
export interface EncoderMemory {
  readonly states: tf.Tensor2D; // [batch · key, d_model]
  readonly tokens: TokenBatch;
}

/** Keys and values of the encoder's output, a layer each, and which of them are padding. */
interface CrossMemory {
  readonly layers: readonly KeysValues[];
  readonly mask: Uint8Array; // [batch · source]
}

/**
 * One decoding under way: each position sees earlier ones and, with an encoder, all of its output.
 * What was decoded so far lives in the cache. The owner disposes it.
 */
export class Decoding {
  private readonly cache = new KeyValueCache();
  /** Masks of the tokens decoded so far, one entry a sequence. */
  private pastMasks: Uint8Array[] = [];

  private constructor(
    private readonly decoder: Stack,
    private cross: CrossMemory | null,
    private readonly variation: Variation,
  ) {}

  /** Starts decoding. Keys and values of cross-attention are computed here, once. */
  static start(
    decoder: Stack,
    memory: EncoderMemory | null,
    probe: Probe,
    variation: Variation,
  ): Decoding {
    if (memory === null) return new Decoding(decoder, null, variation);
    const layers: KeysValues[] = [];
    const decoding = new Decoding(decoder, { layers, mask: memory.tokens.mask }, variation);
    try {
      for (const { name, parts } of decoder.parts.blocks) {
        tf.tidy(() => {
          const { attention } = parts.cross!;
          const { states, tokens } = memory;
          const hooks = `${name}.cross_attn`;
          const layer = keysValuesOf(attention.keysValues(states, tokens, probe, hooks));
          layer.keep();
          layers.push(layer);
        });
      }
      return decoding;
    } catch (error) {
      decoding.dispose();
      throw error;
    }
  }

  /** Tokens decoded so far, in each sequence. */
  get length(): number {
    return this.pastMasks[0]?.length ?? 0;
  }

  /** Keys and values of what was decoded so far. */
  get tensors(): readonly tf.Tensor[] {
    return this.cache.tensors;
  }

  /** Bytes of keys and values of what was decoded so far. */
  get bytes(): number {
    return this.cache.bytes;
  }

  /** Keys and values of the encoder's output, which no step changes; null: there is no encoder. */
  get crossKeysValues(): readonly Pick<KeysValues, 'tensors' | 'bytes'>[] | null {
    return this.cross?.layers ?? null;
  }

  /** Tokens of each sequence so far that are not padding, `[sequence]`. */
  realTokens(): number[] {
    return this.pastMasks.map((mask) => mask.reduce((sum, real) => sum + real, 0));
  }

  /**
   * Decodes further tokens; the caller owns the result `[batch · position, width]`.
   * @throws Failure `run.cancelled`, `variation.noToken` if a step brings one of two tokens that swap places
   */
  async run(tokens: TokenBatch, probe: Probe, control: RunControl): Promise<tf.Tensor2D> {
    const past = this.length;
    this.remember(tokens);
    const { cross } = this;
    const crossMask =
      cross &&
      new AttentionMask({
        queries: tokens,
        keys: cross.mask.length / tokens.batch,
        keyMask: cross.mask,
        causalOffset: null,
        window: null,
      });
    try {
      const step = {
        tokens,
        variation: this.variation,
        past: { length: past, mask: concatenate(this.pastMasks) },
        remember: (layer: number, own: NewKeysValues) => this.cache.append(layer, own),
        cross: (layer: number) =>
          cross && crossMask ? { memory: cross.layers[layer]!, mask: crossMask } : null,
      };
      return await this.decoder.run(step, probe, control);
    } finally {
      crossMask?.dispose();
    }
  }

  /** Sequence i goes on from what sequence `rows[i]` was; there may be more or fewer than before. */
  reorder(rows: Int32Array): void {
    if (this.cross) {
      const { layers, mask } = this.cross;
      const source = layers[0]?.length ?? 0;
      for (const layer of layers) layer.reorder(rows);
      const masks = Array.from(rows, (row) => mask.subarray(row * source, (row + 1) * source));
      this.cross = { layers, mask: concatenate(masks) };
    }
    this.pastMasks = Array.from(rows, (row) => this.pastMasks[row] ?? new Uint8Array(0));
    this.cache.reorder(rows);
  }

  /** Only the first `length` tokens of each sequence stay, as if no others had been decoded yet. */
  truncate(length: number): void {
    this.pastMasks = this.pastMasks.map((mask) => mask.slice(0, length));
    this.cache.truncate(length);
  }

  dispose(): void {
    this.cache.dispose();
    for (const layer of this.cross?.layers ?? []) layer.dispose();
    this.cross = null;
  }

  private remember({ batch, length, mask }: TokenBatch): void {
    this.pastMasks = Array.from({ length: batch }, (_, row) =>
      concatenate([
        this.pastMasks[row] ?? new Uint8Array(0),
        mask.subarray(row * length, (row + 1) * length),
      ]),
    );
  }
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
