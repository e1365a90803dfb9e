import type { Checkpoint } from '../checkpoint/checkpoint';
import { modelName } from '../protocol/modelName';
import type { ModelSummary, Positions } from '../protocol/trace';
import type { Tokenizer } from '../tokens/tokenizer';
import { readingStack, type StackConfig, type TransformerConfig } from '../transformer/config';
import { positionLimit } from '../transformer/positions/positionConfig';
import type { Transformer } from '../transformer/transformer';
import { languagesOf } from './languages';

/** Names of unused tensors worth telling a person; more would bury the others. */
const MAX_NAMED = 8;

/** What a loaded model is like, for people: all of it read off the model and its files. */
export function modelSummary(
  folder: string,
  transformer: Transformer,
  checkpoint: Checkpoint,
  unused: readonly string[],
  tokenizer: Tokenizer | null,
): ModelSummary {
  const { config, architecture } = transformer;
  const { encoder, decoder, head } = config;
  const [block] = (transformer.encoder ?? transformer.decoder)!.parts.blocks;
  const reading = readingStack(config);
  const { positions } = reading;
  const limits = [encoder, decoder].flatMap((stack) => {
    const limit = stack ? positionLimit(stack.positions) : null;
    return limit === null ? [] : [limit];
  });
  const byStack = (of: (stack: StackConfig) => number) => ({
    encoder: encoder ? of(encoder) : 0,
    decoder: decoder ? of(decoder) : 0,
  });
  return {
    name: modelName(folder),
    modelType: config.modelType,
    className: config.className,
    architecture,
    task: head?.task ?? null,
    layers: byStack(({ layers }) => layers),
    heads: byStack(({ heads }) => heads),
    keyValueHeads: byStack(({ keyValueHeads }) => keyValueHeads),
    headWidth: reading.headWidth,
    dModel: reading.dModel,
    dFeedForward: byStack(({ dFeedForward }) => dFeedForward),
    vocabulary: reading.embedding.vocabulary,
    positions: limits.length > 0 ? Math.min(...limits) : null,
    trainedPositions: 'trained' in positions ? positions.trained : null,
    positionKind: positionKind(reading),
    windows: Array.from({ length: reading.layers }, (_, layer) => reading.window(layer)),
    normPlacement: reading.normPlacement,
    scoreScale: reading.scoreScale(0),
    activation: config.activationName,
    gated: block!.parts.feedForward.linearHalf !== null,
    tied: head?.task === 'nextToken' || head?.task === 'maskedToken' ? head.tied : null,
    labels: [...(head?.labels ?? [])],
    maskToken: head?.task === 'maskedToken' ? (tokenizer?.maskToken?.piece ?? null) : null,
    languages:
      tokenizer && canSwitchLanguage(config) ? languagesOf(tokenizer).map(({ tag }) => tag) : [],
    parameters: parametersOf(checkpoint),
    weightDtype: dtypesOf(checkpoint),
    weightBytes: checkpoint.totalBytes,
    unusedTensors: { names: unused.slice(0, MAX_NAMED), count: unused.length },
  };
}

/** Only translators read a language token. */
const canSwitchLanguage = ({ encoder, decoder }: TransformerConfig): boolean =>
  encoder !== null && decoder !== null;

function positionKind({ positions, headWidth }: StackConfig): Positions {
  switch (positions.kind) {
    case 'sinusoidal':
      return { kind: 'sinusoidal', layout: positions.layout };
    case 'rotary': {
      const { dimensions, interleaved, base, scaling } = positions;
      return { kind: 'rotary', dimensions, headWidth, interleaved, base, scaling: scaling.kind };
    }
    case 'relativeBias': {
      const { buckets, maxDistance } = positions;
      return { kind: 'relativeBias', buckets, maxDistance };
    }
    default:
      return { kind: positions.kind };
  }
}

/** Numbers in the checkpoint, whether the model uses them or not. */
export function parametersOf(checkpoint: Checkpoint): number {
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
