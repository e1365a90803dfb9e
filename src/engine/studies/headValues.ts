import { largestDifference } from '../../analysis/vectors';
import type { Stack } from '../../protocol/address';
import type { HookName } from '../../transformer/probe';
import { rowOfValue, type Replay } from '../replay/replay';

/** A head of one attention in a replay. */
export interface HeadPlace {
  readonly stack: Stack;
  readonly attention: HookName;
  readonly head: number;
}

/** Scores at or below this are a mask's: it adds the lowest float32. */
const HIDDEN_SCORE = -1e38;

/** Weights or scores of a head, query by query: rows `[key]` that share memory. */
export function headRows(
  replay: Replay,
  { attention, head }: HeadPlace,
  point: 'pattern' | 'scores',
): Float32Array[] {
  const { shape, numbers } = replay.value(`${attention}.${point}`); // [head, query, key]
  const [, queries, keys] = shape as [number, number, number];
  const start = head * queries * keys;
  return Array.from({ length: queries }, (_, query) =>
    numbers.subarray(start + query * keys, start + (query + 1) * keys),
  );
}

/** Which keys a row of scores shows. */
export const seenKeys = (scores: Float32Array): number[] =>
  Array.from(scores.keys()).filter((key) => scores[key]! > HIDDEN_SCORE);

/**
 * How far a head's queries, keys or values lie from those of another replay. Heads may share keys
 * and values.
 */
export function headMoved(
  before: Replay,
  after: Replay,
  { attention, head }: HeadPlace,
  point: 'hook_q' | 'hook_k' | 'hook_v',
  heads: number,
): number {
  const name = `${attention}.${point}`;
  const [old, now] = [before.value(name), after.value(name)]; // [position, own heads, d_k]
  const [count, own, width] = old.shape as [number, number, number];
  const start = Math.floor(head / (heads / own)) * width;
  let most = 0;
  for (let position = 0; position < count; position++) {
    const part = (value: typeof old): Float32Array =>
      rowOfValue(value, position).subarray(start, start + width);
    most = Math.max(most, largestDifference(part(old), part(now)));
  }
  return most;
}
