import type { TransformerConfig } from '../config';
import type { LinearNames } from '../weights';

/** Names of an attention sub-layer's tensors and of its LayerNorm. */
export interface AttentionNames {
  readonly query: LinearNames;
  readonly key: LinearNames;
  readonly value: LinearNames;
  readonly output: LinearNames;
  readonly norm: string;
}

/** Names of a block's tensors. */
export interface BlockNames {
  readonly self: AttentionNames;
  readonly cross: AttentionNames | null;
  readonly expand: LinearNames;
  readonly contract: LinearNames;
  readonly feedForwardNorm: string;
}

/** Where a checkpoint of a family keeps each part. Lists: the first name that is there counts. */
export interface WeightNames {
  readonly sourceEmbedding: readonly string[];
  readonly targetEmbedding: readonly string[];
  /** Used only when the output is not tied to the target embedding. */
  readonly output: string;
  /** `[1, vocabulary]`; used only with an output bias. */
  readonly outputBias: string;
  block(stack: 'encoder' | 'decoder', layer: number): BlockNames;
}

/** A dialect: how one kind of checkpoint writes its configuration and names its weights. */
export interface Family {
  readonly modelType: string;
  /** @throws Failure `config.*` for what this family cannot run: refused, never guessed. */
  config(json: Readonly<Record<string, unknown>>): TransformerConfig;
  weights(config: TransformerConfig): WeightNames;
}

const linear = (prefix: string): LinearNames => ({
  weight: `${prefix}.weight`,
  bias: `${prefix}.bias`,
});

/** Block names as fairseq, BART and Marian write them, below a prefix such as `model.`. */
export function fairseqBlockNames(
  prefix: string,
  stack: 'encoder' | 'decoder',
  layer: number,
): BlockNames {
  const block = `${prefix}${stack}.layers.${layer}`;
  const attention = (name: string): AttentionNames => ({
    query: linear(`${block}.${name}.q_proj`),
    key: linear(`${block}.${name}.k_proj`),
    value: linear(`${block}.${name}.v_proj`),
    output: linear(`${block}.${name}.out_proj`),
    norm: `${block}.${name}_layer_norm`,
  });
  return {
    self: attention('self_attn'),
    cross: stack === 'decoder' ? attention('encoder_attn') : null,
    expand: linear(`${block}.fc1`),
    contract: linear(`${block}.fc2`),
    feedForwardNorm: `${block}.final_layer_norm`,
  };
}
