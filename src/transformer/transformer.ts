import type * as tf from '@tensorflow/tfjs-core';
import type { KeysValues, NewKeysValues } from './attention/keysValues';
import { keysValuesOf } from './attention/keysValuesOf';
import { architectureOf, type Architecture, type TransformerConfig } from './config';
import { Decoding, type EncoderMemory } from './decoding';
import type { OutputHead } from './outputHead';
import { noProbe, type Probe } from './probe';
import { unwatched, type RunControl } from './runControl';
import type { TokenBatch } from './sequence';
import type { Stack } from './stack';
import { asTrained, bothAsTrained, type Variation, type Variations } from './variation';
import type { Weights } from './weights';

/** What a pass over given tokens computed. The caller owns both. */
export interface Pass {
  /** Output of the last stack, `[batch · position, width]`. */
  readonly states: tf.Tensor2D;
  /** The head's answer, see `OutputHead`; null without a head. */
  readonly logits: tf.Tensor2D | null;
}

/** A Transformer: an encoder, a decoder, or both, and what it says of its text. All numbers any view shows begin here. */
export class Transformer {
  readonly architecture: Architecture;

  constructor(
    readonly config: TransformerConfig,
    readonly encoder: Stack | null,
    readonly decoder: Stack | null,
    readonly head: OutputHead | null,
    /** What is its own, and is freed with it. */
    private readonly weights: Pick<Weights, 'count' | 'dispose'>,
  ) {
    this.architecture = architectureOf(config);
  }

  /** Tensors that live as long as the model. */
  get weightTensors(): number {
    return this.weights.count;
  }

  /** Encoder output `[batch · position, d_model]`; the caller owns it. */
  encode(
    tokens: TokenBatch,
    probe: Probe,
    control: RunControl,
    variation: Variation = asTrained,
  ): Promise<tf.Tensor2D> {
    const past = { length: 0, mask: tokens.mask };
    const step = { tokens, past, variation, remember: allThereIs, cross: () => null };
    return this.encoder!.run(step, probe, control);
  }

  /** Begins to decode, from the encoder's output if there is an encoder; all steps in the same way. */
  startDecoding(
    memory: EncoderMemory | null,
    probe: Probe = noProbe,
    variation: Variation = asTrained,
  ): Decoding {
    return Decoding.start(this.decoder!, memory, probe, variation);
  }

  /** Decodes further tokens; logits `[batch, vocabulary]` of what follows the last ones, which the caller owns. */
  async decode(
    decoding: Decoding,
    tokens: TokenBatch,
    probe: Probe,
    control: RunControl,
  ): Promise<tf.Tensor2D> {
    const states = await decoding.run(tokens, probe, control);
    try {
      return this.head!.applyToLast(states, tokens, probe);
    } finally {
      states.dispose();
    }
  }

  /** Output of a model's only stack `[batch · position, width]`; the caller owns it. */
  async read(
    tokens: TokenBatch,
    probe: Probe,
    control: RunControl,
    variation: Variation = asTrained,
  ): Promise<tf.Tensor2D> {
    if (this.encoder) return this.encode(tokens, probe, control, variation);
    const decoding = this.startDecoding(null, probe, variation);
    try {
      return await decoding.run(tokens, probe, control);
    } finally {
      decoding.dispose();
    }
  }

  /** One pass over given tokens (teacher forcing); `target` for an encoder–decoder. */
  async forward(
    source: TokenBatch,
    target: TokenBatch | null,
    probe: Probe = noProbe,
    control: RunControl = unwatched,
    variations: Variations = bothAsTrained,
  ): Promise<Pass> {
    const states = await this.states(source, target, probe, control, variations);
    try {
      const read = this.architecture === 'encoderDecoder' ? target! : source;
      return { states, logits: this.head?.apply(states, read, probe) ?? null };
    } catch (error) {
      states.dispose();
      throw error;
    }
  }

  /** The same without the head: output of the last stack `[batch · position, width]`; the caller owns it. */
  async states(
    source: TokenBatch,
    target: TokenBatch | null,
    probe: Probe,
    control: RunControl,
    variations: Variations,
  ): Promise<tf.Tensor2D> {
    const { encoder, decoder } = variations;
    if (!this.encoder || !this.decoder)
      return this.read(source, probe, control, this.encoder ? encoder : decoder);
    const states = await this.encode(source, probe, control, encoder);
    let decoding: Decoding | undefined;
    try {
      decoding = this.startDecoding({ states, tokens: source }, probe, decoder);
      return await decoding.run(target!, probe, control);
    } finally {
      decoding?.dispose();
      states.dispose();
    }
  }

  dispose(): void {
    this.weights.dispose();
  }
}

/** Without a cache a layer's own keys and values are all there is. */
const allThereIs = (_layer: number, own: NewKeysValues): KeysValues => keysValuesOf(own);
