/** Where the colours of a table of positions end. Pure. */
import type { Positions } from '../../src/protocol/trace';
import type { Pieces } from './pieces';

/** Sines and cosines. */
export const WAVE_LIMIT = 1;

/** A few columns of learned tables are many times larger than all others, and would leave them pale. */
const SHARE_WITHIN = 0.99;
/** Enough values to know where 99 of 100 lie. */
const MOST_SAMPLES = 20_000;

/** The value of the strongest colour, for values of both signs: the largest share of them lie within. */
export function limitWithin(values: Float32Array, share: number = SHARE_WITHIN): number {
  const stride = Math.max(1, Math.floor(values.length / MOST_SAMPLES));
  const sample: number[] = [];
  for (let at = 0; at < values.length; at += stride) sample.push(Math.abs(values[at]!));
  sample.sort((x, y) => x - y);
  return sample[Math.min(sample.length - 1, Math.floor(share * sample.length))] ?? 0;
}

export const largestAmount = (values: Float32Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Of a table as far as it is known. */
export const limitOf = (positions: Positions, table: Pieces): number =>
  positions.kind === 'sinusoidal' ? WAVE_LIMIT : limitWithin(table.whole());
