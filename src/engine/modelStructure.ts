import type { Checkpoint } from '../checkpoint/checkpoint';
import type { StackStructure, Structure } from '../protocol/structure';
import type { HeadConfig, StackConfig, TransformerConfig } from '../transformer/config';
import type { StackNames, WeightNames } from '../transformer/families/weightNames';
import { parameterCounts } from './parameterCounts';

/** How a model is built, from what it was assembled from; the checkpoint is still open. */
export function modelStructure(
  config: TransformerConfig,
  names: WeightNames,
  checkpoint: Checkpoint,
): Structure {
  const { encoder, decoder, head, sharedEmbeddings } = config;
  return {
    encoder: encoder && stackStructure(encoder, names.encoder!),
    decoder: decoder && stackStructure(decoder, names.decoder!),
    head: head && headStructure(head, names.head?.output != null),
    sharedEmbeddings,
    ...parameterCounts(config, names, checkpoint),
  };
}

function stackStructure(config: StackConfig, names: StackNames): StackStructure {
  const { embedding, positions, layers } = config;
  const { vocabulary, width, scale, types } = embedding;
  const added = positions.kind === 'sinusoidal' || positions.kind === 'learned';
  const projected = names.projectsTokens ? 'tokens' : 'sum';
  const blocks = Array.from({ length: layers }, (_, layer) => names.block(layer));
  return {
    embedding: {
      vocabulary,
      width,
      scale,
      positions: added ? positions.count : null,
      types: names.types === null ? 0 : types,
      normalised: names.embeddingNorm !== null,
      projected: names.projection === null ? null : projected,
    },
    norm: config.norm.kind,
    sharesNorm: blocks[0]!.feedForwardNorm === null,
    finalNorm: names.finalNorm !== null,
    outProjection: names.outProjection === null ? null : width,
    distinctBlocks: new Set(blocks.map(({ expand }) => expand.weight)).size,
  };
}

const headStructure = (
  { task, reads, transform, outputs, tied, labelKind }: HeadConfig,
  answers: boolean,
): Structure['head'] => ({
  task,
  reads,
  transform: transform && { width: transform.width, normalised: transform.norm !== null },
  outputs: answers ? outputs : null,
  tied,
  probabilities: !answers || task === null ? null : probabilitiesOf(task, labelKind),
});

function probabilitiesOf(
  task: HeadConfig['task'],
  labelKind: HeadConfig['labelKind'],
): 'softmax' | 'sigmoid' | null {
  if (task === 'replacedToken') return 'sigmoid';
  if (task !== 'sequenceLabels' || labelKind === 'single') return 'softmax';
  return labelKind === 'multi' ? 'sigmoid' : null;
}
