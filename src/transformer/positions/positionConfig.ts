import type { RopeScaling } from './ropeScaling';

/** Where sines and cosines stand: `interleaved` sin, cos, sin, cos … (paper section 3.5); `halves` all sines, then all cosines (Marian). */
export type PositionLayout = 'interleaved' | 'halves';

/**
 * How learned positions number the tokens of a sequence: by index; by the tokens so far that are not
 * padding by their id (RoBERTa); or by the mask (OPT).
 */
export type PositionNumbering = 'index' | 'notPadding' | 'mask';

/** How a stack knows where a token stands. */
export type PositionConfig =
  | { readonly kind: 'sinusoidal'; readonly count: number; readonly layout: PositionLayout }
  | {
      readonly kind: 'learned';
      /** Positions a text may have. */
      readonly count: number;
      /** Row of the table that position 0 has. */
      readonly offset: number;
      readonly numbering: PositionNumbering;
    }
  | {
      readonly kind: 'rotary';
      /** Dimensions of each head that are turned. */
      readonly dimensions: number;
      readonly interleaved: boolean;
      readonly base: number;
      readonly scaling: RopeScaling;
      /** Longest text the model was made for. */
      readonly trained: number;
    }
  | { readonly kind: 'alibi'; readonly trained: number | null }
  | {
      readonly kind: 'relativeBias';
      readonly buckets: number;
      readonly maxDistance: number;
      /** Keys after the query have buckets of their own. */
      readonly bidirectional: boolean;
    };

/** Longest sequence that has positions; null: no limit. */
export const positionLimit = (positions: PositionConfig): number | null =>
  positions.kind === 'sinusoidal' || positions.kind === 'learned' ? positions.count : null;
