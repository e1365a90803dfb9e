import { Checkpoint, type ReadProgress } from '../checkpoint/checkpoint';
import { explainMissing } from '../checkpoint/missingWeights';
import type { ModelFolder } from '../checkpoint/modelFolder';
import type { Cancellation } from '../failure/cancellation';
import { Failure } from '../failure/failure';
import type { Side, Stack } from '../protocol/address';
import type { Structure } from '../protocol/structure';
import type { ModelSummary } from '../protocol/trace';
import { Tokenizer } from '../tokens/tokenizer';
import { assemble } from '../transformer/assemble';
import type { StackConfig, TransformerConfig } from '../transformer/config';
import { familyOf } from '../transformer/families/familyOf';
import {
  generationOptions,
  type GenerationOptions,
} from '../transformer/generate/generationOptions';
import { searchAsked, type SearchAsked } from '../transformer/generate/searchAsked';
import type { WeightMatrix } from '../transformer/matrix/weightMatrix';
import { quantisedTwin } from '../transformer/quantisedTwin';
import type { Stack as TransformerStack } from '../transformer/stack';
import type { Transformer } from '../transformer/transformer';
import { checkModelFits } from './memoryGuard';
import { modelStructure } from './modelStructure';
import { modelSummary, parametersOf } from './modelSummary';
import { openTokenizer } from './openTokenizer';
import { readJsonObject } from './readJsonObject';
import { projectPositions } from './positionProjections';
import type { PositionProjections, PositionTable, TracedModel } from './tracedModel';

/** What a folder says about generating. */
interface GenerationFiles {
  /** @throws Failure `generation.*` */
  options(): GenerationOptions;
  /** @throws Failure `generation.*` */
  search(): SearchAsked;
}

/** A model in memory: transformer, tokenizer, and what its folder says about generating. */
export class LoadedModel implements TracedModel {
  private twin: Transformer | null = null;
  private readonly positionTables = new Map<Side, PositionTable | null>();

  private constructor(
    /** Path of the folder it came from. */
    readonly folder: string,
    readonly transformer: Transformer,
    readonly summary: ModelSummary,
    readonly structure: Structure,
    private readonly tokenizerOrFailure: Tokenizer | Failure,
    private readonly asks: GenerationFiles,
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
    if (!configJson) throw await explainMissing(folder, 'config.json');
    const generationJson = await readJsonObject(folder, 'generation_config.json');
    const family = familyOf(configJson);
    const checkpoint = await Checkpoint.open(folder, signal, onProgress);
    try {
      const { names } = checkpoint;
      const config = family.config(configJson, names);
      // Read only when something is generated: an option that is not built must not keep a model from being traced.
      const asks: GenerationFiles = {
        options: () => generationOptions(config, configJson, generationJson),
        search: () => searchAsked(configJson, generationJson),
      };
      const tokenizer = await openTokenizer(folder, vocabularyOf(config));
      checkModelFits(parametersOf(checkpoint) + computedNumbers(config));
      const weights = family.weights(config, names, configJson);
      const transformer = await assemble(config, weights, checkpoint, signal);
      const unused = checkpoint.unread().filter((name) => !weights.ignorable?.test(name));
      const known = tokenizer instanceof Tokenizer ? tokenizer : null;
      const summary = modelSummary(folder.path, transformer, checkpoint, unused, known);
      const structure = modelStructure(config, weights, checkpoint);
      return new LoadedModel(folder.path, transformer, summary, structure, tokenizer, asks);
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
    return this.asks.options();
  }

  /** The search its folder wants. @throws Failure `generation.*` */
  get searchAsked(): SearchAsked {
    return this.asks.search();
  }

  /** The token an encoder–decoder's output begins with. @throws Failure `generation.noStart` */
  get startToken(): number {
    const { startToken } = this.generation;
    if (startToken === null) throw new Failure('generation.noStart');
    return startToken;
  }

  positionTable(side: Side): PositionTable | null {
    const known = this.positionTables.get(side);
    if (known !== undefined) return known;
    const { encoder, decoder } = this.transformer;
    const table = readTable((side === 'source' ? (encoder ?? decoder) : decoder)!);
    this.positionTables.set(side, table);
    return table;
  }

  stackConfig(stack: 'encoder' | 'decoder'): StackConfig | null {
    return this.transformer.config[stack];
  }

  positionProjections(
    stack: 'encoder' | 'decoder',
    head: number,
    count: number,
  ): PositionProjections | null {
    const found = this.transformer[stack];
    return found && projectPositions(found, head, count);
  }

  relativeBiasTable(stack: 'encoder' | 'decoder'): Float32Array | null {
    return this.transformer[stack]?.parts.relativeBias ?? null;
  }

  /** W_O `[heads · d_v, d_model]` of an attention sub-layer. */
  outputProjection(stack: Stack, layer: number): WeightMatrix {
    const { encoder, decoder } = this.transformer;
    const { self, cross } = (stack === 'encoder' ? encoder : decoder)!.parts.blocks[layer]!.parts;
    return (stack === 'cross' ? cross! : self).attention.projections.output.weight;
  }

  /** Tensors that live as long as the model. */
  get weightTensors(): number {
    return this.transformer.weightTensors + (this.twin?.weightTensors ?? 0);
  }

  get isQuantised(): boolean {
    return this.twin !== null;
  }

  /**
   * The same with 8-bit weights: made at first use, kept as long as there are previews.
   * @throws Failure `run.cancelled`, `memory.heap`
   */
  async quantised(signal: Cancellation, breathe: () => Promise<void>): Promise<Transformer> {
    return (this.twin ??= await quantisedTwin(this.transformer, signal, breathe));
  }

  forgetQuantised(): void {
    this.twin?.dispose();
    this.twin = null;
  }

  dispose(): void {
    this.forgetQuantised();
    this.transformer.dispose();
  }
}

/** What a stack adds to its embeddings, from the first token's row on. */
function readTable({ config, parts }: TransformerStack): PositionTable | null {
  const table = parts.embeddings.positions;
  if (!table) return null;
  const { positions } = config;
  const width = table.shape[1];
  const first = positions.kind === 'learned' ? positions.offset : 0;
  return { numbers: table.dataSync<'float32'>().subarray(first * width), width };
}

const vocabularyOf = ({ encoder, decoder }: TransformerConfig): number =>
  Math.max(encoder?.embedding.vocabulary ?? 0, decoder?.embedding.vocabulary ?? 0);

/** Numbers that are computed, not read: a config may ask for a position table of any size. */
function computedNumbers({ encoder, decoder }: TransformerConfig): number {
  const sizes = [encoder, decoder].map((stack) =>
    stack?.positions.kind === 'sinusoidal' ? stack.positions.count * stack.dModel : 0,
  );
  return Math.max(...sizes);
}
