/** How high a token stands on the bar: how likely it was, or how much it cost. Pure. */
import type { WrittenToken } from '../../src/protocol/trace';
import { tokenLoss } from './forced/loss';

/** `loss`: −ln of the probability. */
export const MEASURES = ['probability', 'loss'] as const;
export type Measure = (typeof MEASURES)[number];

/** Losses beyond this are drawn alike: a probability of 0.0003. One rare token must not flatten all others. */
const HIGHEST_LOSS = 8;

/** Share of the bar's height, 0–1. */
export const tickHeight = (written: Pick<WrittenToken, 'probability'>, measure: Measure): number =>
  measure === 'probability'
    ? written.probability
    : Math.min(1, tokenLoss(written.probability) / HIGHEST_LOSS);
