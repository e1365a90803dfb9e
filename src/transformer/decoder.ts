import * as tf from '@tensorflow/tfjs-core';
import { throwIfCancelled } from '../failure/cancellation';
import { disposeKeysValues, type KeysValues } from './attention';
import type { Block } from './block';
import type { Embeddings } from './embeddings';
import { offerOutput } from './encoder';
import { KeyValueCache, reorderKeysValues } from './keyValueCache';
import { attentionMask, disposeMask } from './mask';
import { noProbe, type Probe } from './probe';
import type { RunControl } from './runControl';
import type { TokenBatch } from './sequence';

/** The encoder's output as the decoder reads it. */
export interface EncoderMemory {
  readonly states: tf.Tensor2D; // [batch · key, d_model]
  readonly tokens: TokenBatch;
}

/** The right half of figure 1: each position sees earlier output positions and the whole encoder output. */
export class Decoder {
  constructor(
    readonly embeddings: Embeddings,
    readonly blocks: readonly Block[],
  ) {}

  /** Starts decoding: keys and values of cross-attention are computed here, once. */
  start(memory: EncoderMemory, probe: Probe = noProbe): Decoding {
    const cross = this.blocks.map((block) =>
      tf.tidy(() => {
        const { attention } = block.parts.cross!;
        const name = `${block.name}.cross_attn`;
        const result = attention.keysValues(memory.states, memory.tokens, probe, name);
        for (const tensor of [...result.keysTransposed, ...result.values]) tf.keep(tensor);
        return result as KeysValues & tf.TensorContainerObject;
      }),
    );
    return new Decoding(this, cross, memory.tokens.mask);
  }
}

/** One decoding under way: what was decoded so far lives in the cache. The owner disposes it. */
export class Decoding {
  private readonly cache = new KeyValueCache();
  /** Masks of the tokens decoded so far, one entry a sequence. */
  private pastMasks: Uint8Array[] = [];

  constructor(
    private readonly decoder: Decoder,
    private cross: KeysValues[],
    private sourceMask: Uint8Array, // [batch · source]
  ) {}

  /** Tokens decoded so far, in each sequence. */
  get length(): number {
    return this.pastMasks[0]?.length ?? 0;
  }

  /**
   * Decodes further tokens; the caller owns the result `[batch · position, d_model]`.
   * @throws Failure `run.cancelled`
   */
  async run(tokens: TokenBatch, probe: Probe, control: RunControl): Promise<tf.Tensor2D> {
    const { embeddings, blocks } = this.decoder;
    const offset = this.length;
    this.remember(tokens);
    const ownMask = attentionMask({
      queries: tokens,
      keys: offset + tokens.length,
      keyMask: concatenate(this.pastMasks),
      causalOffset: offset,
    });
    const crossMask = attentionMask({
      queries: tokens,
      keys: this.sourceMask.length / tokens.batch,
      keyMask: this.sourceMask,
      causalOffset: null,
    });
    let x = tf.tidy(() => embeddings.apply(tokens.ids, tokens, offset, probe, 'decoder'));
    try {
      for (const [layer, block] of blocks.entries()) {
        throwIfCancelled(control.signal);
        const context = { memory: this.cross[layer]!, mask: crossMask };
        const next = tf.tidy(() =>
          block.apply(x, tokens, ownMask, (own) => this.cache.append(layer, own), context, probe),
        );
        x.dispose();
        x = next;
        await control.afterLayer('decoder', layer);
      }
      return offerOutput(probe, 'decoder.ln_final', x, tokens);
    } catch (error) {
      x.dispose();
      throw error;
    } finally {
      disposeMask(ownMask);
      disposeMask(crossMask);
    }
  }

  /** Sequence i goes on from what sequence `rows[i]` was; there may be more or fewer than before. */
  reorder(rows: Int32Array): void {
    const source = this.cross[0]?.length ?? 0;
    this.sourceMask = concatenate(
      Array.from(rows, (row) => this.sourceMask.subarray(row * source, (row + 1) * source)),
    );
    this.cross = this.cross.map((memory) => reorderKeysValues(memory, rows));
    this.pastMasks = Array.from(rows, (row) => this.pastMasks[row] ?? new Uint8Array(0));
    this.cache.reorder(rows);
  }

  dispose(): void {
    this.cache.dispose();
    for (const memory of this.cross) disposeKeysValues(memory);
    this.cross = [];
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
