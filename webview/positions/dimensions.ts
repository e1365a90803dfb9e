/** What a dimension of a sinusoidal encoding is (section 3.5 of the paper). Pure. */
import type { Positions } from '../../src/protocol/trace';

export type PositionLayout = Extract<Positions, { kind: 'sinusoidal' }>['layout'];

/** Wavelengths grow geometrically from 2π to 10,000 · 2π. */
const BASE = 10_000;

export interface Dimension {
  readonly wave: 'sin' | 'cos';
  /** Positions after which the wave repeats. */
  readonly wavelength: number;
}

export function describeDimension(
  dimension: number,
  dModel: number,
  layout: PositionLayout,
): Dimension {
  const { pair, second } = pairAt(dimension, dModel, layout);
  return { wave: second ? 'cos' : 'sin', wavelength: 2 * Math.PI * BASE ** ((2 * pair) / dModel) };
}

/** Four sines from fast to slow: enough to see the idea, few enough to tell apart. */
export function firstDimensions(dModel: number, layout: PositionLayout): number[] {
  const pairs = [0, 1 / 16, 1 / 8, 1 / 4].map((share) => Math.round((share * dModel) / 2));
  return [...new Set(pairs.map((pair) => (layout === 'interleaved' ? 2 * pair : pair)))];
}

/** Learned positions know no pairs: neighbours stand in for them. */
export const layoutOf = (positions: Positions): PositionLayout =>
  positions.kind === 'sinusoidal' ? positions.layout : 'interleaved';

/** Where sine and cosine of a pair stand. */
export const dimensionsOf = (
  pair: number,
  dModel: number,
  layout: PositionLayout,
): readonly [number, number] =>
  layout === 'interleaved' ? [2 * pair, 2 * pair + 1] : [pair, dModel / 2 + pair];

/** The pair a dimension belongs to, and whether it is its second. */
export const pairAt = (
  dimension: number,
  dModel: number,
  layout: PositionLayout,
): { readonly pair: number; readonly second: boolean } =>
  layout === 'interleaved'
    ? { pair: Math.floor(dimension / 2), second: dimension % 2 === 1 }
    : { pair: dimension % (dModel / 2), second: dimension >= dModel / 2 };
