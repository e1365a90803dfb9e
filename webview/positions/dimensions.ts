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
  const half = dModel / 2;
  const pair = layout === 'interleaved' ? Math.floor(dimension / 2) : dimension % half;
  const isSine = layout === 'interleaved' ? dimension % 2 === 0 : dimension < half;
  return { wave: isSine ? 'sin' : 'cos', wavelength: 2 * Math.PI * BASE ** ((2 * pair) / dModel) };
}

/** Four sines from fast to slow: enough to see the idea, few enough to tell apart. */
export function firstDimensions(dModel: number, layout: PositionLayout): number[] {
  const pairs = [0, 1 / 16, 1 / 8, 1 / 4].map((share) => Math.round((share * dModel) / 2));
  return [...new Set(pairs.map((pair) => (layout === 'interleaved' ? 2 * pair : pair)))];
}
