/** Where the encodings of section 3.5 stand: `interleaved` sin, cos, sin, cos … (paper); `halves` all sines, then all cosines (Marian). */
export type PositionLayout = 'interleaved' | 'halves';

/** Non-linearity between the two layers of the position-wise feed-forward network. */
export type Activation = 'relu' | 'gelu' | 'gelu_new' | 'swish' | 'tanh';

/** Shape of one stack of blocks. */
export interface StackConfig {
  readonly layers: number;
  readonly heads: number;
  /** d_ff: width of the feed-forward network. */
  readonly dFeedForward: number;
}

/**
 * An encoder–decoder as *Attention Is All You Need* describes it (post-norm, sinusoidal positions),
 * in one vocabulary of options. A family (`families/`) translates its own `config.json` into this.
 */
export interface TransformerConfig {
  readonly modelType: string;
  readonly dModel: number;
  readonly sourceVocabulary: number;
  readonly targetVocabulary: number;
  readonly encoder: StackConfig;
  readonly decoder: StackConfig;
  readonly activation: Activation;
  readonly layerNormEpsilon: number;
  /** Factor on token embeddings, √d_model where the checkpoint scales them (section 3.4), else 1. */
  readonly embeddingScale: number;
  readonly positionLayout: PositionLayout;
  /** Longest sequence the model has positions for. */
  readonly positions: number;
  /** Source and target share one embedding table. */
  readonly sharedEmbeddings: boolean;
  /** The output projection is the target embedding table, transposed. */
  readonly tiedOutput: boolean;
  /** A bias is added to the logits. */
  readonly outputBias: boolean;
  readonly padToken: number;
  readonly decoderStartToken: number;
  readonly endTokens: readonly number[];
}

/** d_k = d_v: width of one head. */
export const headWidth = (config: TransformerConfig, stack: StackConfig): number =>
  config.dModel / stack.heads;
