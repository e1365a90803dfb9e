// One pass of a small reference model over tokens of our own, with what was seen on the way.
import * as tf from '@tensorflow/tfjs-core';
import { composedProbes } from '../../../src/transformer/interventions/composedProbes';
import { noProbe, type HookName, type Probe } from '../../../src/transformer/probe';
import { unwatched } from '../../../src/transformer/runControl';
import { tokenBatch, type TokenBatch } from '../../../src/transformer/sequence';
import type { Transformer } from '../../../src/transformer/transformer';
import {
  asTrained,
  bothAsTrained,
  type Variation,
  type Variations,
} from '../../../src/transformer/variation';
import { GatherProbe } from '../../support/gatherProbe';

/** Real tokens of every small model: none is padding, a start or an end. */
export const IDS: readonly number[] = [5, 17, 33, 60, 9, 41, 28, 74];

/** What an encoder–decoder is given to write. */
export const WRITTEN: readonly number[] = [7, 93, 32, 11, 54, 20];

export interface PassRequest {
  readonly source?: TokenBatch;
  readonly target?: TokenBatch;
  /** Changes values before they are seen. */
  readonly probe?: Probe;
  readonly variations?: Variations;
  readonly sees?: (name: HookName) => boolean;
}

export interface SmallPass {
  /** Of the last stack, `[batch · position, width]`. */
  readonly states: Float32Array;
  readonly width: number;
  readonly logits: Float32Array;
  readonly values: ReadonlyMap<HookName, Float32Array>;
  readonly shapes: ReadonlyMap<HookName, readonly number[]>;
}

export async function smallPass(
  model: Transformer,
  {
    source = tokenBatch([IDS]),
    target = tokenBatch([WRITTEN]),
    probe = noProbe,
    variations = bothAsTrained,
    sees = () => false,
  }: PassRequest = {},
): Promise<SmallPass> {
  const seen = new GatherProbe(sees);
  const probes = composedProbes([probe, seen]);
  const written = model.architecture === 'encoderDecoder' ? target : null;
  const pass = await model.forward(source, written, probes, unwatched, variations);
  const { states, logits } = pass;
  const numbers = {
    states: states.dataSync<'float32'>().slice(),
    logits: logits?.dataSync<'float32'>().slice() ?? new Float32Array(0),
  };
  tf.dispose([states, logits!]);
  return { ...numbers, width: states.shape[1], values: seen.values, shapes: seen.shapes };
}

/** Both stacks in the same way. */
export const both = (change: Partial<Variation>): Variations => {
  const variation = { ...asTrained, ...change };
  return { encoder: variation, decoder: variation };
};

/** The rows `[row, width]` in another order: row i becomes what row `order[i]` was. */
export function permuted(
  values: Float32Array,
  width: number,
  order: readonly number[],
): Float32Array {
  return Float32Array.from(
    order.flatMap((row) => [...values.subarray(row * width, (row + 1) * width)]),
  );
}
