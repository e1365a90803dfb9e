import * as tf from '@tensorflow/tfjs-core';
import type { LoadedModel } from '../loadedModel';
import { noProbe } from '../../transformer/probe';
import type { Replay } from './replay';

/** Logits computed at once: 16 MB. A long text times a large vocabulary would be gigabytes. */
const LOGITS_AT_ONCE = 2 ** 22;

/** What the head says of a replay: of `count` positions from one on, one row `[outputs]` each. */
export async function answerLogits(
  { transformer }: LoadedModel,
  { states }: Replay,
  from: number,
  count: number,
): Promise<Float32Array[]> {
  const head = transformer.head!;
  const width = states.shape[1]!;
  const logits = tf.tidy(() => {
    const part = states.numbers.subarray(from * width, (from + count) * width);
    const rows = tf.tensor2d(part, [count, width]);
    return head.apply(rows, { batch: 1, length: count }, noProbe);
  });
  try {
    const numbers = await logits.data<'float32'>();
    const [rows, outputs] = logits.shape;
    return Array.from({ length: rows }, (_, row) =>
      numbers.subarray(row * outputs, (row + 1) * outputs),
    );
  } finally {
    logits.dispose();
  }
}

/** How many positions' logits are computed at once. */
export const positionsAtOnce = ({ transformer }: LoadedModel): number =>
  Math.max(1, Math.floor(LOGITS_AT_ONCE / transformer.head!.config.outputs));
