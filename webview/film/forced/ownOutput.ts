/** The model's own output beside one that was given. Pure. */
import type { Branch } from '../../../src/protocol/branch';

/** What the model writes of itself: greedily, with no rule of the reader's and nothing given; null: not written yet. */
export const ownOutput = (branches: readonly Branch[]): Branch | null =>
  branches.findLast(
    ({ writing, outcome, tokens }) =>
      outcome === 'complete' &&
      tokens.length > 0 &&
      writing.search.kind === 'greedy' &&
      writing.repetitionPenalty === null &&
      writing.forbidden.length === 0 &&
      writing.begin.ids.length === 0 &&
      writing.begin.text === null &&
      writing.further,
  ) ?? null;

/** Differences below this are those of float32 sums: both outputs are as probable. */
const ALIKE = 1e-4;
/** Beyond e^14 ≈ 10^6 digits say less than their number. */
const PLAIN = 14;

/** How many times as probable as another output one is, whose losses differ by so many nats; null: as probable. */
export function timesAsProbable(nats: number): string | null {
  const size = Math.abs(nats);
  if (size < ALIKE) return null;
  if (!Number.isFinite(size)) return '∞';
  const times = Math.exp(size);
  if (times === Number.POSITIVE_INFINITY) return `10^${Math.floor(size / Math.LN10)}`;
  if (size > PLAIN) return times.toExponential(1).replace('e+', ' × 10^');
  return times < 100 ? times.toFixed(2) : times.toFixed(0);
}
