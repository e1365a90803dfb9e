import type { Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { Activation } from '../config';

/** Non-linearities that kernels know; all others are composed of tfjs's operations. */
const BUILT_IN_ACTIVATIONS = [
  ...(['linear', 'relu', 'relu2', 'gelu', 'gelu_new'] as const),
  ...(['quick_gelu', 'swish', 'sigmoid', 'tanh'] as const),
] satisfies readonly Activation[];
export type BuiltInActivation = (typeof BUILT_IN_ACTIVATIONS)[number];

const builtIn: ReadonlySet<Activation> = new Set(BUILT_IN_ACTIVATIONS);
export const isBuiltIn = (activation: Activation): activation is BuiltInActivation =>
  builtIn.has(activation);

/** Kernels that work on each row, or each number, by itself. */
export interface RowKernels {
  /** See `LayerNorm`. */
  readonly LayerNorm: {
    readonly inputs: {
      readonly x: Tensor2D;
      readonly gain: Tensor1D | null;
      readonly bias: Tensor1D | null;
    };
    readonly attributes: { readonly epsilon: number };
    readonly output: Tensor2D;
  };
  /** See `RmsNorm`. */
  readonly RmsNorm: {
    readonly inputs: { readonly x: Tensor2D; readonly gain: Tensor1D };
    readonly attributes: { readonly epsilon: number };
    readonly output: Tensor2D;
  };
  /** activation(x), times `gate` where there is one: the very bits of a product with this activation. */
  readonly Activate: {
    readonly inputs: { readonly x: Tensor2D; readonly gate: Tensor2D | null };
    readonly attributes: { readonly activation: BuiltInActivation };
    readonly output: Tensor2D;
  };
  /** See `Rotation`: x `[row, heads · d]`, cosines and sines `[row, 1, d]`. */
  readonly Rotate: {
    readonly inputs: {
      readonly x: Tensor2D;
      readonly cosines: Tensor3D;
      readonly sines: Tensor3D;
    };
    readonly attributes: {
      /** Of each head, how many are turned. */
      readonly dimensions: number;
      readonly interleaved: boolean;
    };
    readonly output: Tensor2D;
  };
}
