import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { BuiltInActivation } from './rowKernels';

/** Kernels of tables, filled bit by bit, and of packed matrices (see `PackedMatrix`). */
export interface MatrixKernels {
  /** A float32 tensor whose numbers may be anything. */
  readonly MakeTensor: {
    readonly inputs: Readonly<Record<string, never>>;
    readonly attributes: { readonly shape: number[] };
    readonly output: Tensor;
  };
  /** Writes rows into a table `[rows, columns]`, in place. */
  readonly WriteRows: {
    readonly inputs: { readonly rows: Tensor2D; readonly table: Tensor2D };
    readonly attributes: { readonly firstRow: number };
    readonly output: Tensor[];
  };
  /** Some rows of a table, `[ids, columns]`. */
  readonly TableRows: {
    readonly inputs: { readonly table: Tensor2D };
    readonly attributes: { readonly ids: number[] };
    readonly output: Tensor2D;
  };
  /**
   * Writes rows of a stored matrix into a packed one `[⌈out / 8⌉, in, 8]`, in place. `transposed`: stored
   * as `[out, in]`, and `firstRow` is a multiple of 8; else `[in, out]`.
   */
  readonly PackRows: {
    readonly inputs: { readonly rows: Tensor2D; readonly packed: Tensor3D };
    readonly attributes: { readonly firstRow: number; readonly transposed: boolean };
    readonly output: Tensor[];
  };
  /** The matrix `[in, out]`. */
  readonly UnpackMatrix: {
    readonly inputs: { readonly packed: Tensor3D };
    readonly attributes: { readonly outputs: number };
    readonly output: Tensor2D;
  };
  /** Columns of the matrix, as rows `[ids, in]`. */
  readonly PackedColumns: {
    readonly inputs: { readonly packed: Tensor3D; readonly ids: Tensor1D };
    readonly attributes: Readonly<Record<string, never>>;
    readonly output: Tensor2D;
  };
  /** activation(x · W + bias), `[rows, in]` → `[rows, out]`. */
  readonly PackedProduct: {
    readonly inputs: {
      readonly x: Tensor2D;
      readonly packed: Tensor3D;
      readonly bias: Tensor1D | null;
    };
    readonly attributes: { readonly outputs: number; readonly activation: BuiltInActivation };
    readonly output: Tensor2D;
  };
}
