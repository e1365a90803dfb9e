/** Numbers of a loss as they stand on screen. */
import { fourDecimals } from '../../../src/navigation/names';

/** Of smaller ones four decimals are one digit, or none. */
const SMALLEST_PLAIN = 0.001;
/** Below this the zeros are hard to count. */
const FEW_ZEROS = 0.0001;

/** `0.8123`; `0.00031`, `3.1e-7` where four decimals would say little; `0` is none at all. */
export function probabilityWords(probability: number): string {
  if (probability === 0) return '0';
  if (probability >= SMALLEST_PLAIN) return fourDecimals(probability);
  return probability >= FEW_ZEROS ? probability.toPrecision(2) : probability.toExponential(1);
}

/** `2.3026`; `∞`. */
export const lossWords = (loss: number): string =>
  Number.isFinite(loss) ? fourDecimals(loss) : '∞';

/** Four decimals of small numbers, and no more digits of large ones than can be read. */
export function perplexityWords(perplexity: number): string {
  if (!Number.isFinite(perplexity)) return '∞';
  if (perplexity >= 1e6) return perplexity.toExponential(3);
  return perplexity >= 1000 ? perplexity.toFixed(1) : fourDecimals(perplexity);
}
