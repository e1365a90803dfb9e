import type * as tf from '@tensorflow/tfjs-core';
import { Checkpoint, type ReadProgress } from '../checkpoint/checkpoint';
import type { ModelFolder } from '../checkpoint/modelFolder';
import { Failure } from '../failure/failure';
import type { Cancellation } from '../failure/cancellation';
import type { Stack } from '../protocol/address';
import type { ModelSummary } from '../protocol/trace';
import { Tokenizer } from '../tokens/tokenizer';
import { assemble } from '../transformer/assemble';
import type { EncoderDecoder } from '../transformer/encoderDecoder';
import { familyOf } from '../transformer/families/familyOf';
import {
  generationOptions,
  type GenerationOptions,
} from '../transformer/generate/generationOptions';
import { openTokenizer } from './openTokenizer';
import { readJsonObject } from './readJsonObject';
import { checkModelFits } from './memoryGuard';
import { languagesOf } from './languages';

/** A model in memory: transformer, tokenizer, and what its folder says about generating. */
export class LoadedModel {
  private positions: Float32Array | undefined;

  private constructor(
    /** Path of the folder it came from. */
    readonly folder: string,
    readonly transformer: EncoderDecoder,
    readonly summary: ModelSummary,
    private readonly tokenizerOrFailure: Tokenizer | Failure,
    private readonly readGeneration: () => GenerationOptions,
  ) {}

  /**
   * Reads a model folder. Without a tokenizer that fits the model still runs on token ids.
   * @throws Failure `config.*`, `checkpoint.*`, `memory.model`, `run.cancelled`
   */
  static async load(
    folder: ModelFolder,
    signal: Cancellation,
    onProgress: ReadProgress = () => undefined,
  ): Promise<LoadedModel> {
    const configJson = await readJsonObject(folder, 'config.json');
    if (!configJson) {
      throw new Failure('checkpoint.missing', { file: 'config.json', folder: folder.path });
    }
    const generationJson = await readJsonObject(folder, 'generation_config.json');
    const family = familyOf(configJson);
    const config = family.config(configJson);
    // Read only when something is generated: an option that is not built must not keep a model from being traced.
    const generation = (): GenerationOptions =>
      generationOptions(config, configJson, generationJson);
    const vocabulary = Math.max(config.sourceVocabulary, config.targetVocabulary);
    const tokenizer = await openTokenizer(folder, vocabulary);
    const checkpoint = await Checkpoint.open(folder, signal, onProgress);
    try {
      // The position table is computed, not read: a config may ask for one of any size.
      checkModelFits(parametersOf(checkpoint) + config.positions * config.dModel);
      const source = {
        has: (name: string) => checkpoint.names.has(name),
        read: (name: string, shape: readonly number[]) => checkpoint.read(name, shape),
      };
      const transformer = await assemble(config, family.weights(config), source, signal);
      const summary: ModelSummary = {
        name: folder.path.split(/[\\/]/).findLast((part) => part !== '') ?? folder.path,
        modelType: config.modelType,
        layers: { encoder: config.encoder.layers, decoder: config.decoder.layers },
        heads: { encoder: config.encoder.heads, decoder: config.decoder.heads },
        dModel: config.dModel,
        vocabulary: config.sourceVocabulary,
        positions: config.positions,
        positionLayout: config.positionLayout,
        languages:
          tokenizer instanceof Tokenizer ? languagesOf(tokenizer).map(({ tag }) => tag) : [],
        parameters: parametersOf(checkpoint),
        weightDtype: dtypesOf(checkpoint),
      };
      return new LoadedModel(folder.path, transformer, summary, tokenizer, generation);
    } finally {
      await checkpoint.close();
    }
  }

  /** @throws Failure `tokenizer.*` */
  get tokenizer(): Tokenizer {
    if (this.tokenizerOrFailure instanceof Failure) throw this.tokenizerOrFailure;
    return this.tokenizerOrFailure;
  }

  /** How its folder wants it to write. @throws Failure `generation.*` */
  get generation(): GenerationOptions {
    return this.readGeneration();
  }

  /** Positional encodings `[position, d_model]`. */
  positionTable(): Float32Array {
    this.positions ??= this.transformer.positions.dataSync<'float32'>();
    return this.positions;
  }

  /** W_O `[heads · d_v, d_model]` of an attention sub-layer. */
  outputProjection(stack: Stack, layer: number): tf.Tensor2D {
    const { encoder, decoder } = this.transformer;
    const { self, cross } = (stack === 'encoder' ? encoder : decoder).blocks[layer]!.parts;
    return (stack === 'cross' ? cross! : self).attention.projections.output.weight;
  }

  dispose(): void {
    this.transformer.dispose();
  }
}

function parametersOf(checkpoint: Checkpoint): number {
  let count = 0;
  for (const name of checkpoint.names) {
    count += checkpoint.entry(name)!.shape.reduce((product, size) => product * size, 1);
  }
  return count;
}

function dtypesOf(checkpoint: Checkpoint): string {
  return [...new Set([...checkpoint.names].map((name) => checkpoint.entry(name)!.dtype))].join(
    ', ',
  );
}
