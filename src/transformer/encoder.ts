import * as tf from '@tensorflow/tfjs-core';
import { throwIfCancelled } from '../failure/cancellation';
import type { Block } from './block';
import type { Embeddings } from './embeddings';
import { attentionMask, disposeMask } from './mask';
import { offer, type Probe } from './probe';
import type { RunControl } from './runControl';
import type { TokenBatch } from './sequence';

/** The left half of figure 1: embeddings, then N identical blocks that see the whole sequence. */
export class Encoder {
  constructor(
    readonly embeddings: Embeddings,
    readonly blocks: readonly Block[],
  ) {}

  /**
   * Encodes a batch, a layer at a time; the caller owns the result `[batch · position, d_model]`.
   * @throws Failure `run.cancelled`; no tensor is left behind.
   */
  async run(tokens: TokenBatch, probe: Probe, control: RunControl): Promise<tf.Tensor2D> {
    const mask = attentionMask({
      queries: tokens,
      keys: tokens.length,
      keyMask: tokens.mask,
      causalOffset: null,
    });
    let x = tf.tidy(() => this.embeddings.apply(tokens.ids, tokens, 0, probe, 'encoder'));
    try {
      for (const [layer, block] of this.blocks.entries()) {
        throwIfCancelled(control.signal);
        const next = tf.tidy(() => block.apply(x, tokens, mask, (own) => own, null, probe));
        x.dispose();
        x = next;
        await control.afterLayer('encoder', layer);
      }
      throwIfCancelled(control.signal);
      return offerOutput(probe, 'encoder.ln_final', x, tokens);
    } catch (error) {
      x.dispose();
      throw error;
    } finally {
      disposeMask(mask);
    }
  }
}

/** Offers a stack's output and hands on whichever tensor is valid afterwards. */
export function offerOutput(
  probe: Probe,
  name: string,
  x: tf.Tensor2D,
  { batch, length }: TokenBatch,
): tf.Tensor2D {
  const seen = tf.tidy(() => offer(probe, name, x, [batch, length, x.shape[1]]));
  if (seen !== x) x.dispose();
  return seen;
}
