/** What cards about pairs of dimensions are given to show: of sinusoids, learned or rotary positions. */
import type { Side } from '../../src/protocol/address';
import type { Positions } from '../../src/protocol/trace';
import type { View } from '../inspector/view';
import type { Place, PlaceLimits } from './placeChoice';

export interface PairSight {
  readonly view: View;
  readonly side: Side;
  readonly positions: Extract<Positions, { kind: 'sinusoidal' | 'learned' | 'rotary' }>;
  readonly place: Place;
  readonly limits: PlaceLimits;
  /** The two dimensions of a pair. */
  readonly dimensionsOf: (pair: number) => readonly [number, number];
  readonly labels: readonly string[];
  /** Tokens of the side so far. */
  readonly tokens: number;
}
