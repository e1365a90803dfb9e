import type { StackConfig } from '../config';
import type { PositionNumbering } from '../positions/positionConfig';
import type { ConfigReader } from './configReader';
import { layerNorm, stackShape } from './stackShape';
import { linear, plainStack, type BlockNames, type StackNames } from './weightNames';

/** In what BERT's descendants differ. */
export interface BertDefaults {
  readonly hidden: number;
  readonly heads: number;
  readonly feedForward: number;
  readonly vocabulary: number;
  /** Width of the tables, where it is an option of its own. */
  readonly embedding: number | null;
  readonly padToken: number;
  readonly numbering: PositionNumbering;
}

/** The encoder of BERT (Devlin et al. 2019): post-norm, learned positions, kinds of token. */
export function bertStack(read: ConfigReader, defaults: BertDefaults): StackConfig {
  read.choice('position_embedding_type', ['absolute'], 'absolute');
  // Not silence: the reference adds no positions then.
  if (read.value('position_embedding_type') === null)
    read.refuse('position_embedding_type', 'absolute');
  const dModel = read.count('hidden_size', defaults.hidden);
  const heads = read.count('num_attention_heads', defaults.heads);
  read.divides('num_attention_heads', heads, dModel);
  const rows = read.count('max_position_embeddings', 512);
  // RoBERTa's first token has the position after padding's.
  const offset =
    defaults.numbering === 'notPadding' ? read.token('pad_token_id', defaults.padToken) + 1 : 0;
  if (rows <= offset) read.refuse('max_position_embeddings', `> ${offset}`);
  const width =
    defaults.embedding === null ? dModel : read.count('embedding_size', defaults.embedding);
  return stackShape({
    layers: read.count('num_hidden_layers', 12),
    dModel,
    heads,
    dFeedForward: read.count('intermediate_size', defaults.feedForward),
    activation: read.activation('hidden_act', 'gelu'),
    norm: layerNorm(read.number('layer_norm_eps', 1e-12)),
    normPlacement: 'post',
    positions: { kind: 'learned', count: rows - offset, offset, numbering: defaults.numbering },
    vocabulary: read.count('vocab_size', defaults.vocabulary),
    embeds: { width, types: read.count('type_vocab_size', 2, 0) },
  });
}

/** Names of the encoder below a prefix such as `bert.`. */
export function bertStackNames(prefix: string, config: StackConfig): StackNames {
  const embeddings = `${prefix}embeddings`;
  return {
    ...plainStack,
    tokens: [`${embeddings}.word_embeddings.weight`],
    positions: `${embeddings}.position_embeddings.weight`,
    types: config.embedding.types > 0 ? `${embeddings}.token_type_embeddings.weight` : null,
    embeddingNorm: `${embeddings}.LayerNorm`,
    projection:
      config.embedding.width === config.dModel ? null : linear(`${prefix}embeddings_project`),
    block: (layer) => bertBlock(`${prefix}encoder.layer.${layer}`),
  };
}

function bertBlock(block: string): BlockNames {
  const self = `${block}.attention.self`;
  return {
    self: {
      projections: {
        query: linear(`${self}.query`),
        key: linear(`${self}.key`),
        value: linear(`${self}.value`),
      },
      output: linear(`${block}.attention.output.dense`),
      queryNorm: null,
      keyNorm: null,
      norm: `${block}.attention.output.LayerNorm`,
    },
    cross: null,
    expand: linear(`${block}.intermediate.dense`),
    linearHalf: null,
    contract: linear(`${block}.output.dense`),
    feedForwardNorm: `${block}.output.LayerNorm`,
  };
}

/** Tensors of old checkpoints that say nothing new: numbered positions and kinds. */
export const BERT_BUFFERS = 'embeddings\\.(position_ids|token_type_ids)$';
