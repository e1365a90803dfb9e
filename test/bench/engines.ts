import path from 'node:path';
import type { Entry } from './contestant';
import type { Settings } from './settings';

/** An engine that takes part. */
export interface Engine {
  readonly id: string;
  readonly title: string;
  readonly threads: number;
  /** Script in `engines/`, or Python's. */
  readonly program: 'headlight' | 'stockTfjs' | 'onnxruntime' | 'torch';
  readonly options: Entry['options'];
  /** Numbers of 8 bits: other arithmetic, so other results. */
  readonly approximate?: boolean;
}

/** Engines that all are held against, where they take part. */
export const BASELINES = ['tfjs', 'ort-web', 'torch'] as const;

/** All there are, ours first. */
export function engines({ threads, peers }: Settings): readonly Engine[] {
  const ours = { program: 'headlight', threads } as const;
  const onnx = { program: 'onnxruntime', threads } as const;
  return [
    { ...ours, id: 'own', title: 'Headlight', options: {} },
    { ...ours, id: 'own-1t', title: 'Headlight', threads: 1, options: {} },
    {
      ...ours,
      id: 'own-simd',
      title: 'Headlight without relaxed SIMD',
      options: { relaxedSimd: false },
    },
    {
      ...ours,
      id: 'own-int8',
      title: 'Headlight’s 8-bit preview',
      options: { int8: true },
      approximate: true,
    },
    {
      ...ours,
      id: 'own-stock',
      title: 'Headlight on stock kernels',
      options: { kernels: 'stock' },
    },
    { id: 'tfjs', title: 'TensorFlow.js', program: 'stockTfjs', threads: 1, options: {} },
    {
      id: 'tfjs-threads',
      title: 'TensorFlow.js, threaded build',
      program: 'stockTfjs',
      threads,
      options: {},
    },
    {
      ...onnx,
      id: 'ort-web',
      title: 'ONNX Runtime Web',
      options: { package: 'onnxruntime-web', peers },
    },
    {
      ...onnx,
      id: 'ort-node',
      title: 'ONNX Runtime (native)',
      options: { package: 'onnxruntime-node', peers },
    },
    { id: 'torch', title: 'PyTorch, eager', program: 'torch', threads, options: {} },
  ];
}

/** Program and arguments of an engine's process. */
export function commandOf(
  { program, threads, options }: Engine,
  { node, python }: Settings,
  model: Pick<Entry, 'folder' | 'shape'>,
): { readonly command: string; readonly args: readonly string[] } {
  const entry: Entry = { ...model, threads, options };
  const json = JSON.stringify(entry);
  if (program === 'torch') {
    const script = path.join('test', 'bench', 'engines', 'torch_forward.py');
    return { command: python, args: [script, json] };
  }
  // tfjs keeps to its SIMD build without Node.js's flag for relaxed SIMD; ours finds out what there is.
  return {
    command: node,
    args: ['--expose-gc', path.join(__dirname, 'engines', `${program}.cjs`), json],
  };
}
