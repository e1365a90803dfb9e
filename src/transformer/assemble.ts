import * as tf from '@tensorflow/tfjs-core';
import { throwIfCancelled, type Cancellation } from '../failure/cancellation';
import { Attention } from './attention';
import { Block, type AttentionSubLayer } from './block';
import type { StackConfig, TransformerConfig } from './config';
import { Decoder } from './decoder';
import { Embeddings } from './embeddings';
import { Encoder } from './encoder';
import { EncoderDecoder } from './encoderDecoder';
import type { AttentionNames, BlockNames, WeightNames } from './families/family';
import { FeedForward } from './feedForward';
import { Linear } from './linear';
import { sinusoidalPositions } from './positions/sinusoidal';
import { Weights, type WeightSource } from './weights';

/** Builds a model from a checkpoint. @throws Failure of the source, or `run.cancelled`; nothing is left behind then. */
export async function assemble(
  config: TransformerConfig,
  names: WeightNames,
  source: WeightSource,
  signal: Cancellation,
): Promise<EncoderDecoder> {
  const weights = new Weights(source);
  try {
    return await new Assembly(config, names, weights, signal).build();
  } catch (error) {
    weights.dispose();
    throw error;
  }
}

class Assembly {
  constructor(
    private readonly config: TransformerConfig,
    private readonly names: WeightNames,
    private readonly weights: Weights,
    private readonly signal: Cancellation,
  ) {}

  async build(): Promise<EncoderDecoder> {
    const { config, names, weights } = this;
    const { dModel, positions, positionLayout, sourceVocabulary, targetVocabulary } = config;
    const table = sinusoidalPositions(positions, dModel, positionLayout);
    const positionTable = weights.own(tf.tensor2d(table, [positions, dModel]));
    const sourceTokens = await this.embedding(names.sourceEmbedding, sourceVocabulary);
    const targetTokens = config.sharedEmbeddings
      ? sourceTokens
      : await this.embedding(names.targetEmbedding, targetVocabulary);
    const embeddings = (tokens: tf.Tensor2D): Embeddings =>
      new Embeddings(tokens, positionTable, config.embeddingScale);
    const encoder = new Encoder(
      embeddings(sourceTokens),
      await this.blocks('encoder', config.encoder),
    );
    const decoder = new Decoder(
      embeddings(targetTokens),
      await this.blocks('decoder', config.decoder),
    );
    const output = await this.output(targetTokens);
    return new EncoderDecoder(config, encoder, decoder, output, positionTable, weights);
  }

  private embedding(candidates: readonly string[], rows: number): Promise<tf.Tensor2D> {
    return this.weights.matrix(this.weights.pick(candidates), rows, this.config.dModel);
  }

  /** Decoder output → logits: the target embedding transposed where tied, a table of its own otherwise. */
  private async output(targetTokens: tf.Tensor2D): Promise<Linear> {
    const { dModel, targetVocabulary, tiedOutput, outputBias } = this.config;
    const { names, weights } = this;
    const bias = outputBias
      ? await weights.vector(names.outputBias, targetVocabulary, [1, targetVocabulary])
      : null;
    if (tiedOutput) return new Linear(weights.own(tf.transpose(targetTokens)), bias);
    const untied = { weight: names.output, bias: null };
    const { weight } = await weights.linear(untied, dModel, targetVocabulary);
    return new Linear(weight, bias);
  }

  private async blocks(stack: 'encoder' | 'decoder', config: StackConfig): Promise<Block[]> {
    const blocks: Block[] = [];
    for (let layer = 0; layer < config.layers; layer++) {
      throwIfCancelled(this.signal);
      const names = this.names.block(stack, layer);
      blocks.push(await this.block(`${stack}.blocks.${layer}`, names, config));
    }
    return blocks;
  }

  private async block(name: string, names: BlockNames, config: StackConfig): Promise<Block> {
    const { dModel, activation, layerNormEpsilon } = this.config;
    const { weights } = this;
    const parts = {
      self: await this.attention(names.self, config.heads),
      cross: names.cross ? await this.attention(names.cross, config.heads) : null,
      feedForward: new FeedForward(
        await weights.linear(names.expand, dModel, config.dFeedForward),
        await weights.linear(names.contract, config.dFeedForward, dModel),
        activation,
      ),
      feedForwardNorm: await weights.layerNorm(names.feedForwardNorm, dModel, layerNormEpsilon),
    };
    return new Block(parts, name);
  }

  private async attention(names: AttentionNames, heads: number): Promise<AttentionSubLayer> {
    const { dModel, layerNormEpsilon } = this.config;
    const { weights } = this;
    const projections = {
      query: await weights.linear(names.query, dModel, dModel),
      key: await weights.linear(names.key, dModel, dModel),
      value: await weights.linear(names.value, dModel, dModel),
      output: await weights.linear(names.output, dModel, dModel),
    };
    return {
      attention: new Attention(projections, heads),
      norm: await weights.layerNorm(names.norm, dModel, layerNormEpsilon),
    };
  }
}
