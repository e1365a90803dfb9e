import type { Side, Stack } from '../protocol/address';
import type { Structure } from '../protocol/structure';
import type { Tokenizer } from '../tokens/tokenizer';
import type { StackConfig } from '../transformer/config';
import type { SearchAsked } from '../transformer/generate/searchAsked';
import type { WeightMatrix } from '../transformer/matrix/weightMatrix';

/** Numbers `[position, width]`: row 0 is the first token's, wherever the model's own table begins. */
export interface PositionTable {
  readonly numbers: Float32Array;
  readonly width: number;
}

/** What a head of the first layer asks and is asked where tokens are nothing but their positions. */
export interface PositionProjections {
  /** x W_Q without bias, `[position, d_k]`. */
  readonly queries: Float32Array;
  /** x W_K without bias, `[position, d_k]`. */
  readonly keys: Float32Array;
  readonly width: number;
  /** b_Q and b_K of the head, `[d_k]`; null: the layer has none. */
  readonly biases: { readonly query: Float32Array; readonly key: Float32Array } | null;
  /** A norm stands between the embeddings' sum and W_Q. */
  readonly normalised: boolean;
}

/** What a trace asks of the model that made it, long after the run. */
export interface TracedModel {
  /** Path of the folder it came from. */
  readonly folder: string;
  readonly structure: Structure;
  /** @throws Failure `tokenizer.*` */
  readonly tokenizer: Tokenizer;
  /** How its folder wants it to write. @throws Failure `generation.*` */
  readonly searchAsked: SearchAsked;
  /** W_O `[heads · d_v, d_model]` of an attention sub-layer. */
  outputProjection(stack: Stack, layer: number): WeightMatrix;
  /** What is added to the embeddings of the tokens of a side. Null: nothing is added. */
  positionTable(side: Side): PositionTable | null;
  /** Shape of a stack; null: the model has none such. */
  stackConfig(stack: 'encoder' | 'decoder'): StackConfig | null;
  /** Of a head and the first `count` positions; null: the stack adds none to its embeddings. */
  positionProjections(
    stack: 'encoder' | 'decoder',
    head: number,
    count: number,
  ): PositionProjections | null;
  /** Relative bias of a stack's self-attention, `[bucket, head]`; null: of other models. */
  relativeBiasTable(stack: 'encoder' | 'decoder'): Float32Array | null;
}
