import type { TensorInfo } from '@tensorflow/tfjs-core';

/** What is declared of a kernel, see `OwnKernels`. */
interface Declared {
  readonly inputs: object;
  readonly attributes: object;
}

/** A tensor, some, or none, as a kernel sees them: where the numbers are, and their shape. */
type Seen<Input> = Input extends null
  ? null
  : Input extends readonly (infer Entry)[]
    ? readonly Seen<Entry>[]
    : TensorInfo;

/** What computes some of the Transformer's kernels, by their names. */
export type KernelSet<Kernels extends { readonly [Name in keyof Kernels]: Declared }> = {
  readonly [Name in keyof Kernels]: (
    inputs: {
      readonly [Input in keyof Kernels[Name]['inputs']]: Seen<Kernels[Name]['inputs'][Input]>;
    },
    attributes: Kernels[Name]['attributes'],
  ) => TensorInfo | TensorInfo[];
};
