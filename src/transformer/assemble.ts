import * as tf from '@tensorflow/tfjs-core';
import { throwIfCancelled, type Cancellation } from '../failure/cancellation';
import { Attention } from './attention/attention';
import type { AttentionSubLayer, Block, BlockParts } from './blocks/block';
import { ParallelBlock } from './blocks/parallelBlock';
import { PostNormBlock } from './blocks/postNormBlock';
import { PreNormBlock } from './blocks/preNormBlock';
import type { StackConfig, TransformerConfig } from './config';
import { Embeddings } from './embeddings';
import type { AttentionNames, BlockNames, StackNames, WeightNames } from './families/weightNames';
import { FeedForward } from './feedForward';
import { Linear } from './linear';
import { OutputHead } from './outputHead';
import type { PositionConfig } from './positions/positionConfig';
import { sinusoidalPositions } from './positions/sinusoidal';
import { Stack } from './stack';
import { OwnTable, TiedTable, type TokenTable } from './tokenTable';
import { Transformer } from './transformer';
import { Weights, type WeightSource } from './weights';

/** Builds a model from a checkpoint. @throws Failure of the source, or `run.cancelled`; nothing is left behind then. */
export async function assemble(
  config: TransformerConfig,
  names: WeightNames,
  source: WeightSource,
  signal: Cancellation,
): Promise<Transformer> {
  const weights = new Weights(source);
  try {
    return await new Assembly(config, names, weights, signal).build();
  } catch (error) {
    weights.dispose();
    throw error;
  }
}

class Assembly {
  /** Parts by the name of a tensor of theirs: several layers may be the same one (ALBERT). */
  private readonly sharedParts = new Map<string, BlockParts>();

  constructor(
    private readonly config: TransformerConfig,
    private readonly names: WeightNames,
    private readonly weights: Weights,
    private readonly signal: Cancellation,
  ) {}

  async build(): Promise<Transformer> {
    const { config, names, weights } = this;
    const encoder = config.encoder
      ? await this.stack('encoder', config.encoder, names.encoder!, null)
      : null;
    const shared = config.sharedEmbeddings ? encoder : null;
    const decoder = config.decoder
      ? await this.stack('decoder', config.decoder, names.decoder!, shared)
      : null;
    const head = await this.head((decoder ?? encoder)!);
    return new Transformer(config, encoder, decoder, head, weights);
  }

  private async stack(
    kind: 'encoder' | 'decoder',
    config: StackConfig,
    names: StackNames,
    shared: Stack | null,
  ): Promise<Stack> {
    const { weights } = this;
    const prefix = this.config.encoder && this.config.decoder ? `${kind}.` : '';
    const parts = {
      embeddings: await this.embeddings(kind, config, names, shared),
      relativeBias: await this.relativeBias(config, names),
      blocks: await this.blocks(prefix, config, names),
      finalNorm: names.finalNorm
        ? await weights.norm(names.finalNorm, config.dModel, config.norm)
        : null,
      outProjection: names.outProjection
        ? await weights.linear(names.outProjection, config.dModel, config.embedding.width)
        : null,
    };
    return new Stack(kind, prefix, config, parts, this.config.padToken);
  }

  private async embeddings(
    kind: 'encoder' | 'decoder',
    config: StackConfig,
    names: StackNames,
    shared: Stack | null,
  ): Promise<Embeddings> {
    const { weights } = this;
    const { width, scale, types } = config.embedding;
    const { projectsTokens } = names;
    const summed = projectsTokens ? config.dModel : width; // width at which the parts are added
    return new Embeddings({
      tokens: shared?.parts.embeddings.tokens ?? (await this.tokenTable(kind, config, names)),
      scale,
      positions: await this.positions(
        config.positions,
        summed,
        names,
        shared?.parts.embeddings.positions ?? null,
      ),
      types: names.types ? await weights.table(names.types, types, width) : null,
      norm: names.embeddingNorm
        ? await weights.norm(names.embeddingNorm, summed, config.norm)
        : null,
      projection: names.projection
        ? await weights.linear(names.projection, width, config.dModel)
        : null,
      projectsTokens,
    });
  }

  private async tokenTable(
    kind: 'encoder' | 'decoder',
    { embedding: { vocabulary, width } }: StackConfig,
    names: StackNames,
  ): Promise<TokenTable> {
    const { weights } = this;
    const { head, decoder, sharedEmbeddings } = this.config;
    const name = weights.pick(names.tokens);
    const readByOutput = sharedEmbeddings || kind === (decoder ? 'decoder' : 'encoder');
    return head?.tied && this.names.head?.output && readByOutput
      ? new TiedTable(await weights.matrix({ weight: name }, width, vocabulary))
      : new OwnTable(await weights.table(name, vocabulary, width));
  }

  /** The table that is added to embeddings, `[position, width]`; null: positions act elsewhere. */
  private async positions(
    config: PositionConfig,
    width: number,
    names: StackNames,
    shared: tf.Tensor2D | null,
  ): Promise<tf.Tensor2D | null> {
    if (config.kind === 'learned')
      return this.weights.table(names.positions!, config.count + config.offset, width);
    if (config.kind !== 'sinusoidal') return null;
    // Old checkpoints keep the table, perhaps rounded; then that is what the model adds.
    if (names.positions && this.weights.source.names.has(names.positions))
      return this.weights.table(names.positions, config.count, width);
    if (shared) return shared;
    const table = sinusoidalPositions(config.count, width, config.layout);
    return this.weights.own(tf.tensor2d(table, [config.count, width]));
  }

  private async relativeBias(config: StackConfig, names: StackNames): Promise<Float32Array | null> {
    const { positions, heads } = config;
    if (positions.kind !== 'relativeBias') return null;
    return this.weights.source.read(names.relativeBias!, [positions.buckets, heads]);
  }

  private async blocks(prefix: string, config: StackConfig, names: StackNames): Promise<Block[]> {
    const blocks: Block[] = [];
    for (let layer = 0; layer < config.layers; layer++) {
      throwIfCancelled(this.signal);
      const parts = await this.blockParts(names.block(layer), config, layer);
      blocks.push(blockOf(config, parts, `${prefix}blocks.${layer}`));
    }
    return blocks;
  }

  private async blockParts(
    names: BlockNames,
    config: StackConfig,
    layer: number,
  ): Promise<BlockParts> {
    const known = this.sharedParts.get(names.expand.weight);
    if (known) return known;
    const { dModel, dFeedForward, activation, norm } = config;
    const { weights } = this;
    const parts = {
      self: await this.attention(names.self, config, layer),
      cross: names.cross ? await this.attention(names.cross, config, layer) : null,
      feedForward: new FeedForward(
        await weights.linear(names.expand, dModel, dFeedForward),
        names.linearHalf ? await weights.linear(names.linearHalf, dModel, dFeedForward) : null,
        await weights.linear(names.contract, dFeedForward, dModel),
        activation,
      ),
      feedForwardNorm: names.feedForwardNorm
        ? await weights.norm(names.feedForwardNorm, dModel, norm)
        : null,
    };
    this.sharedParts.set(names.expand.weight, parts);
    return parts;
  }

  private async attention(
    names: AttentionNames,
    config: StackConfig,
    layer: number,
  ): Promise<AttentionSubLayer> {
    const { dModel, heads, keyValueHeads, headWidth, norm } = config;
    const { weights } = this;
    const [query, key, value] = await this.projections(names, config);
    const ofHead = async (name: string | null) =>
      name === null ? null : weights.norm(name, headWidth, norm);
    const projections = {
      query,
      key,
      value,
      output: await weights.linear(names.output, heads * headWidth, dModel),
      queryNorm: await ofHead(names.queryNorm),
      keyNorm: await ofHead(names.keyNorm),
    };
    const shape = { heads, keyValueHeads, headWidth, scale: config.scoreScale(layer) };
    return {
      attention: new Attention(projections, shape),
      norm: await weights.norm(names.norm, dModel, norm),
    };
  }

  private async projections(
    { projections }: AttentionNames,
    { dModel, heads, keyValueHeads, headWidth }: StackConfig,
  ): Promise<readonly [query: Linear, key: Linear, value: Linear]> {
    const { weights } = this;
    if ('order' in projections) return weights.packed(projections, dModel, { heads, headWidth });
    const { query, key, value } = projections;
    return [
      await weights.linear(query, dModel, heads * headWidth),
      await weights.linear(key, dModel, keyValueHeads * headWidth),
      await weights.linear(value, dModel, keyValueHeads * headWidth),
    ];
  }

  private async head(last: Stack): Promise<OutputHead | null> {
    const { head: config } = this.config;
    const { head: names } = this.names;
    if (!config || !names) return null;
    const { weights } = this;
    const { embedding, dModel } = last.config;
    const { transform, outputs, tied } = config;
    const read = last.parts.outProjection ? embedding.width : dModel;
    const width = transform?.width ?? read;
    const bias = names.outputBias ? await this.outputBias(outputs) : null;
    const parts = {
      transform:
        transform && names.transform ? await weights.linear(names.transform, read, width) : null,
      transformNorm:
        transform?.norm && names.transformNorm
          ? await weights.norm(names.transformNorm, width, transform.norm)
          : null,
      output: null,
    };
    if (!names.output) return new OutputHead(config, parts);
    const { tokens } = last.parts.embeddings;
    const weight =
      tied && tokens instanceof TiedTable
        ? tokens.matrix
        : await weights.matrix({ weight: weights.pick(names.output) }, width, outputs);
    return new OutputHead(config, { ...parts, output: new Linear(weight, bias) });
  }

  private async outputBias(outputs: number): Promise<tf.Tensor1D | null> {
    const { outputBias, outputBiasShape, outputBiasOptional } = this.names.head!;
    const { weights } = this;
    const name = weights.pick(outputBias!);
    if (outputBiasOptional && !weights.source.names.has(name)) return null;
    return weights.vector(name, outputs, outputBiasShape ? [...outputBiasShape] : [outputs]);
  }
}

function blockOf(config: StackConfig, parts: BlockParts, name: string): Block {
  switch (config.normPlacement) {
    case 'post':
      return new PostNormBlock(parts, name);
    case 'pre':
      return new PreNormBlock(parts, name, config.residualIsNormed);
    case 'parallel':
      return new ParallelBlock(parts, name);
  }
}
