import * as tf from '@tensorflow/tfjs-core';
import { throwIfCancelled, type Cancellation } from '../failure/cancellation';
import { Attention } from './attention/attention';
import type { AttentionSubLayer, Block, BlockParts } from './blocks/block';
import { FeedForward } from './feedForward';
import { Linear } from './linear';
import { PackedMatrix } from './matrix/packedMatrix';
import { QuantisedMatrix } from './matrix/quantisedMatrix';
import { hasOwnKernel } from './operations/ownKernels';
import type { Stack } from './stack';
import { Transformer } from './transformer';

/** Whether the backend in use multiplies 8-bit weights. */
export const canQuantise = (): boolean => hasOwnKernel('QuantisedProduct');

/**
 * A Transformer with the linear maps of its blocks in 8 bits, a quarter of their memory more: quick
 * and approximate. All else is the model's own, which must outlive it: embeddings, norms, attention
 * itself, the head.
 * @param breathe lets others on between two blocks
 * @throws Failure `run.cancelled`, `memory.heap`; no tensor is left behind
 */
export async function quantisedTwin(
  model: Transformer,
  signal: Cancellation,
  breathe: () => Promise<void>,
): Promise<Transformer> {
  const quantiser = new Quantiser();
  const stackOf = async (stack: Stack | null): Promise<Stack | null> => {
    if (stack === null) return null;
    const blocks: Block[] = [];
    for (const block of stack.parts.blocks) {
      throwIfCancelled(signal);
      blocks.push(block.madeOf(quantiser.parts(block.parts)));
      await breathe();
    }
    return stack.madeOf(blocks);
  };
  try {
    const [encoder, decoder] = [await stackOf(model.encoder), await stackOf(model.decoder)];
    return new Transformer(model.config, encoder, decoder, model.head, quantiser);
  } catch (error) {
    quantiser.dispose();
    throw error;
  }
}

/** Makes parts with 8-bit weights, and owns these. */
class Quantiser {
  private readonly owned: tf.Tensor[] = [];
  /** By what they are made of: several layers may be the same one (ALBERT). */
  private readonly made = new Map<BlockParts, BlockParts>();

  get count(): number {
    return this.owned.length;
  }

  parts(exact: BlockParts): BlockParts {
    const known = this.made.get(exact);
    if (known) return known;
    const { self, cross, feedForward, feedForwardNorm } = exact;
    const { expand, linearHalf, contract, activation } = feedForward;
    const parts = {
      self: this.attention(self),
      cross: cross && this.attention(cross),
      feedForward: new FeedForward(
        this.linear(expand),
        linearHalf && this.linear(linearHalf),
        this.linear(contract),
        activation,
      ),
      feedForwardNorm,
    };
    this.made.set(exact, parts);
    return parts;
  }

  dispose(): void {
    tf.dispose(this.owned);
    this.owned.length = 0;
  }

  private attention({ attention, norm }: AttentionSubLayer): AttentionSubLayer {
    const { projections, shape } = attention;
    const { query, key, value, output } = projections;
    const quantised = {
      ...projections,
      query: this.linear(query),
      key: this.linear(key),
      value: this.linear(value),
      output: this.linear(output),
    };
    return { attention: new Attention(quantised, shape), norm };
  }

  /** What was not packed stays as it is. */
  private linear(exact: Linear): Linear {
    if (!(exact.weight instanceof PackedMatrix)) return exact;
    const weight = QuantisedMatrix.of(exact.weight);
    this.owned.push(...weight.tensors);
    return new Linear(weight, exact.bias);
  }
}
