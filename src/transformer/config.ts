import type { PositionConfig } from './positions/positionConfig';

/** Which stacks a model has. */
export type Architecture = 'encoder' | 'decoder' | 'encoderDecoder';

/** Non-linearities, by the function they are: several names of Hugging Face's table mean one of these. */
export type Activation =
  | 'relu'
  | 'relu2'
  | 'relu6'
  | 'leaky_relu'
  | 'gelu'
  | 'gelu_10'
  | 'gelu_new'
  | 'quick_gelu'
  | 'swish'
  | 'mish'
  | 'sigmoid'
  | 'tanh'
  | 'linear';

/** Layer normalisation (Ba et al. 2016) or root-mean-square normalisation (Zhang & Sennrich 2019). */
export interface NormConfig {
  readonly kind: 'layer' | 'rms';
  readonly epsilon: number;
  /** Added to the stored gain: Gemma stores the difference from 1. */
  readonly gainOffset: 0 | 1;
  /** False: neither gain nor bias exist. */
  readonly learned: boolean;
}

/**
 * Where a block normalises: after each sub-layer's residual sum (paper section 3.1), before each
 * sub-layer (Radford et al. 2019), or before two sub-layers that read the same stream at once.
 */
export type NormPlacement = 'post' | 'pre' | 'parallel';

/** How tokens become vectors. */
export interface EmbeddingConfig {
  readonly vocabulary: number;
  /** Width of the token table; where it is not d_model a projection follows. */
  readonly width: number;
  /** Factor on token embeddings, √d_model where the checkpoint scales them (section 3.4), else 1. */
  readonly scale: number;
  /** Kinds of token (BERT's first and second text); 0: no such table. */
  readonly types: number;
}

/** Shape of one stack of blocks. */
export interface StackConfig {
  readonly layers: number;
  /** Blocks between two of the reference's hidden states: ALBERT may count several as one layer. */
  readonly blocksPerState: number;
  readonly dModel: number;
  readonly heads: number;
  /** Heads of keys and values: a divisor of `heads` (Ainslie et al. 2023). */
  readonly keyValueHeads: number;
  /** d_k = d_v. */
  readonly headWidth: number;
  /** d_ff: width of the feed-forward network. */
  readonly dFeedForward: number;
  readonly activation: Activation;
  readonly norm: NormConfig;
  readonly normPlacement: NormPlacement;
  /** Pre-norm blocks whose residual is the normalised stream (a variant of BLOOM). */
  readonly residualIsNormed: boolean;
  /** Factor on q · k in a layer: 1 / √d_k (section 3.2.1) in most. */
  readonly scoreScale: (layer: number) => number;
  /** Keys a query of a layer sees, itself included; null: all that the mask allows. */
  readonly window: (layer: number) => number | null;
  readonly positions: PositionConfig;
  readonly embedding: EmbeddingConfig;
}

/** What a model says of its text. */
export type Task =
  | 'nextToken'
  | 'maskedToken'
  | 'sequenceLabels'
  | 'tokenLabels'
  | 'answerSpan'
  | 'replacedToken';

/** From the last stack's output to the model's answer. */
export interface HeadConfig {
  /** Null: only a pooler. */
  readonly task: Task | null;
  /** Vocabulary, or number of labels. */
  readonly outputs: number;
  /** Every position, or the first one for the whole text. */
  readonly reads: 'all' | 'first';
  /** A dense layer before the output. */
  readonly transform: {
    readonly width: number;
    readonly activation: Activation;
    /** A norm after it, or null. */
    readonly norm: NormConfig | null;
  } | null;
  /** The output is the token table of the last stack, transposed. */
  readonly tied: boolean;
  /** Factor on what the output reads (T5). */
  readonly scale: number;
  /** Names of the labels, by number; empty for tokens. */
  readonly labels: readonly string[];
  /** How label logits are to be read. */
  readonly labelKind: 'single' | 'multi' | 'regression';
}

/**
 * A Transformer in one vocabulary of options. A family (`families/`) translates its own `config.json`
 * into this.
 */
export interface TransformerConfig {
  readonly modelType: string;
  /** As `architectures` names it; empty if it does not. */
  readonly className: string;
  /** Null where the model has no such stack. */
  readonly encoder: StackConfig | null;
  readonly decoder: StackConfig | null;
  /** Both stacks share one token table. */
  readonly sharedEmbeddings: boolean;
  /** Null: the output is the last stack's. */
  readonly head: HeadConfig | null;
  readonly padToken: number | null;
  readonly decoderStartToken: number | null;
  readonly endTokens: readonly number[];
  /** How the configuration names the non-linearity, for people. */
  readonly activationName: string;
}

export const architectureOf = ({
  encoder,
  decoder,
}: Pick<TransformerConfig, 'encoder' | 'decoder'>): Architecture =>
  encoder && decoder ? 'encoderDecoder' : encoder ? 'encoder' : 'decoder';

/** The stack that reads the text a person gave. */
export const readingStack = (config: TransformerConfig): StackConfig =>
  (config.encoder ?? config.decoder)!;
