/** Where a checkpoint keeps each part of a model. Null: the model has no such part. */

/** Names of one linear map. */
export interface LinearNames {
  readonly weight: string;
  readonly bias: string | null;
  /** How the weight is kept: `[out, in]` as PyTorch does, or `[in, out]` (GPT-2). */
  readonly layout?: 'outIn' | 'inOut';
}

/** Queries, keys and values in one linear map. */
export interface PackedNames {
  readonly linear: LinearNames;
  /** Outputs: all queries, all keys, all values; or query, key, value of each head in turn. */
  readonly order: 'parts' | 'heads';
}

/** Names of an attention sub-layer's tensors and of its norm. */
export interface AttentionNames {
  readonly projections:
    | { readonly query: LinearNames; readonly key: LinearNames; readonly value: LinearNames }
    | PackedNames;
  readonly output: LinearNames;
  /** Of each head's queries and keys. */
  readonly queryNorm: string | null;
  readonly keyNorm: string | null;
  readonly norm: string;
}

/** Names of a block's tensors. */
export interface BlockNames {
  readonly self: AttentionNames;
  readonly cross: AttentionNames | null;
  /** Before the non-linearity. */
  readonly expand: LinearNames;
  /** What the non-linearity's output is multiplied with. */
  readonly linearHalf: LinearNames | null;
  readonly contract: LinearNames;
  readonly feedForwardNorm: string | null;
}

/** Names of a stack's tensors. Lists: the first name that is there counts. */
export interface StackNames {
  readonly tokens: readonly string[];
  readonly positions: string | null;
  readonly types: string | null;
  readonly embeddingNorm: string | null;
  readonly projection: LinearNames | null;
  /** The projection comes before positions are added. */
  readonly projectsTokens: boolean;
  /** `[bucket, head]` */
  readonly relativeBias: string | null;
  block(layer: number): BlockNames;
  readonly finalNorm: string | null;
  readonly outProjection: LinearNames | null;
}

/** Names of the tensors behind the last stack. */
export interface HeadNames {
  readonly transform: LinearNames | null;
  readonly transformNorm: string | null;
  /** Read only where the output is not tied; null: the transform is the answer. */
  readonly output: readonly string[] | null;
  /** The first name that is there; null: no bias. */
  readonly outputBias: readonly string[] | null;
  /** Shape in which the bias is kept, if it is no vector. */
  readonly outputBiasShape?: readonly number[];
  /** A checkpoint may lack the bias: it is 0 then. */
  readonly outputBiasOptional?: boolean;
}

export interface WeightNames {
  readonly encoder: StackNames | null;
  readonly decoder: StackNames | null;
  readonly head: HeadNames | null;
  /** Tensors that say nothing new: stored masks, copies of tied tables, heads of other tasks. */
  readonly ignorable: RegExp | null;
}

/** A linear map and its bias, below one name. */
export const linear = (prefix: string, bias = true): LinearNames => ({
  weight: `${prefix}.weight`,
  bias: bias ? `${prefix}.bias` : null,
});

/** A linear map kept `[in, out]`. */
export const conv1D = (prefix: string, bias = true): LinearNames => ({
  ...linear(prefix, bias),
  layout: 'inOut',
});

/** What most stacks do without. */
export const plainStack = {
  positions: null,
  types: null,
  embeddingNorm: null,
  projection: null,
  projectsTokens: false,
  relativeBias: null,
  finalNorm: null,
  outProjection: null,
} as const;

/** `prefix` where the checkpoint's names begin with it, else nothing: base models are saved without. */
export const prefixIn = (names: ReadonlySet<string>, prefix: string): string =>
  [...names].some((name) => name.startsWith(prefix)) ? prefix : '';
