import { engine, getBackend, getKernel, type NamedTensorMap } from '@tensorflow/tfjs-core';
import type { AttentionKernels } from './attentionKernels';
import type { MatrixKernels } from './matrixKernels';
import type { QuantisedKernels } from './quantisedKernels';
import type { RowKernels } from './rowKernels';

/**
 * Kernels that tfjs does not bring: a backend may have them besides its own. The Transformer asks for
 * them by name and composes tfjs's operations where there are none.
 */
export interface OwnKernels extends AttentionKernels, MatrixKernels, QuantisedKernels, RowKernels {}

export type OwnKernelName = keyof OwnKernels;

/** Whether the backend in use has a kernel. */
export const hasOwnKernel = (name: OwnKernelName): boolean =>
  getKernel(name, getBackend()) !== undefined;

/** Runs a kernel of the backend in use, which has it. */
export function runOwnKernel<Name extends OwnKernelName>(
  name: Name,
  inputs: OwnKernels[Name]['inputs'],
  attributes: OwnKernels[Name]['attributes'],
): OwnKernels[Name]['output'] {
  // tfjs's type knows no absent input, but its own kernels have some, too.
  return engine().runKernel(name, inputs as unknown as NamedTensorMap, attributes);
}
