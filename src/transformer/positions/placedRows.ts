import { Failure } from '../../failure/failure';
import type { SequenceShape, TokenBatch } from '../sequence';
import type { PlaceVariation } from '../variation';
import type { PositionConfig } from './positionConfig';
import type { PastTokens } from './positionRows';

/**
 * The last place of models whose positions have no table. Angles are float32: from here on they are
 * wrong by more than a hundredth of a radian, and what a shift would show is rounding.
 */
const LAST_PLACE = 2 ** 17 - 1;

/**
 * The positions that tokens are told instead of their own, `[batch · position]`; null: none.
 * @param rows their own, see `positionRows`
 * @throws Failure `variation.noPosition` where a table has no such row, `variation.noToken` as `swapsIn` does
 */
export function placedRows(
  rows: Int32Array,
  tokens: TokenBatch,
  past: PastTokens,
  positions: PositionConfig,
  places: PlaceVariation,
): Int32Array | null {
  switch (places.kind) {
    case 'asTrained':
      return rows;
    case 'off':
      return null;
    case 'shifted':
      return shifted(rows, tokens, positions, places.by);
    case 'swapped':
      return swapped(rows, tokens, past, places);
  }
}

/**
 * Whether the two tokens of a swap are among those of this step: true; among earlier ones, whose
 * places are settled: false. One of each cannot be, since what was computed is not computed again.
 * @throws Failure `variation.noToken` for two that are not read at once
 */
export function swapsIn(
  { length }: SequenceShape,
  past: PastTokens,
  { first, second }: Extract<PlaceVariation, { kind: 'swapped' }>,
): boolean {
  const [near, far] = [Math.min(first, second), Math.max(first, second)];
  const end = past.length + length;
  if (far < past.length) return false;
  if (near >= past.length && far < end) return true;
  throw new Failure('variation.noToken', { first: near + 1, second: far + 1, tokens: length });
}

/** Padding stays where it is: nothing sees it, and a table may end before its new place. */
function shifted(
  rows: Int32Array,
  { mask }: TokenBatch,
  positions: PositionConfig,
  by: number,
): Int32Array {
  // Not in an Int32Array yet: a sum may be beyond its numbers.
  const moved = Array.from(rows, (row, i) => (mask[i] === 0 ? row : row + by));
  const offset = positions.kind === 'learned' ? positions.offset : 0;
  const hasTable = positions.kind === 'learned' || positions.kind === 'sinusoidal';
  const last = hasTable ? positions.count + offset - 1 : LAST_PLACE;
  const outside = moved.find((row, i) => mask[i] !== 0 && (row < 0 || row > last));
  if (outside === undefined) return Int32Array.from(moved);
  const args = { by, position: outside - offset, last: last - offset };
  throw new Failure('variation.noPosition', args);
}

function swapped(
  rows: Int32Array,
  tokens: TokenBatch,
  past: PastTokens,
  places: Extract<PlaceVariation, { kind: 'swapped' }>,
): Int32Array {
  if (!swapsIn(tokens, past, places)) return rows;
  const moved = Int32Array.from(rows);
  for (let row = 0; row < tokens.batch; row++) {
    const start = row * tokens.length - past.length;
    moved[start + places.first] = rows[start + places.second]!;
    moved[start + places.second] = rows[start + places.first]!;
  }
  return moved;
}
