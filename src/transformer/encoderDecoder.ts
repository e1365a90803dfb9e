import * as tf from '@tensorflow/tfjs-core';
import type { TransformerConfig } from './config';
import type { Decoder } from './decoder';
import { type Decoding } from './decoder';
import type { Encoder } from './encoder';
import type { Linear } from './linear';
import { noProbe, offer, type Probe } from './probe';
import { unwatched, type RunControl } from './runControl';
import { checkTokens, type TokenBatch } from './sequence';
import type { Weights } from './weights';

/** The Transformer of figure 1. All numbers any view shows begin here. */
export class EncoderDecoder {
  constructor(
    readonly config: TransformerConfig,
    readonly encoder: Encoder,
    readonly decoder: Decoder,
    /** Decoder output → logits `[d_model, vocabulary]`, section 3.4. */
    private readonly output: Linear,
    /** `[position, d_model]`, shared by both stacks. */
    readonly positions: tf.Tensor2D,
    private readonly weights: Weights,
  ) {}

  /** Tensors that live as long as the model. */
  get weightTensors(): number {
    return this.weights.count;
  }

  /** Encoder output `[batch · position, d_model]`; the caller owns it. */
  async encode(tokens: TokenBatch, probe: Probe, control: RunControl): Promise<tf.Tensor2D> {
    checkTokens(tokens, this.config.sourceVocabulary, this.config.positions);
    return this.encoder.run(tokens, probe, control);
  }

  /** Logits `[batch · position, vocabulary]` of the tokens after these; the caller owns them. */
  async decode(
    decoding: Decoding,
    tokens: TokenBatch,
    probe: Probe,
    control: RunControl,
  ): Promise<tf.Tensor2D> {
    const { targetVocabulary, positions } = this.config;
    checkTokens(tokens, targetVocabulary, positions - decoding.length);
    const states = await decoding.run(tokens, probe, control);
    const { batch, length } = tokens;
    const logits = tf.tidy(() =>
      offer(probe, 'logits', this.output.apply(states), [batch, length, targetVocabulary]),
    );
    states.dispose();
    return logits;
  }

  /** One pass over given source and target (teacher forcing); for captures by a probe. */
  async forward(
    source: TokenBatch,
    target: TokenBatch,
    probe: Probe = noProbe,
    control: RunControl = unwatched,
  ): Promise<tf.Tensor2D> {
    const states = await this.encode(source, probe, control);
    let decoding: Decoding | undefined;
    try {
      decoding = this.decoder.start({ states, tokens: source }, probe);
      return await this.decode(decoding, target, probe, control);
    } finally {
      decoding?.dispose();
      states.dispose();
    }
  }

  dispose(): void {
    this.weights.dispose();
  }
}
