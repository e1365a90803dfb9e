import type { Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';

/** Keys and values by sequence: see `PackedKeysValues` for the layouts. */
interface Memory {
  readonly keys: readonly Tensor4D[]; // each [head, ⌈capacity / 8⌉, d, 8]
  readonly values: readonly Tensor4D[]; // each [head, ⌈d / 8⌉, capacity, 8]
}

/** Queries, and what is added to their scores. */
interface Asked {
  readonly query: Tensor2D; // [sequence · query, heads · d]
  readonly keys: Memory['keys'];
  /** By sequence, `[query, key]`; null: nothing. */
  readonly masks: readonly (Tensor2D | null)[];
  /** By sequence and head, all `[query, key]` or all `[1, key]`; empty: nothing. */
  readonly biases: readonly Tensor2D[];
}

type AskedOf = {
  readonly heads: number;
  /** Keys in each sequence. */
  readonly length: number;
  /** Factor on q · k. */
  readonly scale: number;
};

/** Kernels of scaled dot-product attention (Vaswani et al. 2017, section 3.2.1). */
export interface AttentionKernels {
  /** Room for keys and values of one sequence; the first `length` of those given are copied. */
  readonly KeysValuesRoom: {
    readonly inputs: { readonly keys: Tensor4D | null; readonly values: Tensor4D | null };
    readonly attributes: {
      readonly heads: number;
      readonly width: number;
      /** A multiple of 8. */
      readonly capacity: number;
      readonly length: number;
    };
    readonly output: [keys: Tensor4D, values: Tensor4D];
  };
  /** Writes further tokens, `[sequence · token, heads · d]`, behind the first `past` ones, in place. */
  readonly AppendKeysValues: {
    readonly inputs: Memory & { readonly keyRows: Tensor2D; readonly valueRows: Tensor2D };
    readonly attributes: { readonly past: number };
    readonly output: [];
  };
  /** Keys of one sequence, transposed: `[head, d, key]`. */
  readonly UnpackKeys: {
    readonly inputs: { readonly keys: Tensor4D };
    readonly attributes: { readonly length: number };
    readonly output: Tensor3D;
  };
  /** The three below at once, with the very bits. Query i sees keys up to `i + causalOffset`; −1: all. */
  readonly Attend: {
    readonly inputs: Asked & Memory;
    readonly attributes: AskedOf & { readonly causalOffset: number };
    readonly output: [pattern: Tensor4D, z: Tensor2D];
  };
  /** scale · q · k + bias + mask, `[sequence, head, query, key]`. */
  readonly AttentionScores: {
    readonly inputs: Asked;
    readonly attributes: AskedOf;
    readonly output: Tensor4D;
  };
  /** Softmax over the keys. */
  readonly AttentionPattern: {
    readonly inputs: { readonly scores: Tensor4D };
    readonly attributes: Readonly<Record<string, never>>;
    readonly output: Tensor4D;
  };
  /** pattern · v of each head, `[sequence · query, heads · d]`. */
  readonly AttentionMix: {
    readonly inputs: { readonly pattern: Tensor4D; readonly values: Memory['values'] };
    readonly attributes: { readonly width: number };
    readonly output: Tensor2D;
  };
}
