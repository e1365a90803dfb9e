import { Failure } from '../../failure/failure';
import type { TokenBatch } from '../sequence';
import type { PositionConfig } from './positionConfig';

/** What came before the tokens of a step. */
export interface PastTokens {
  /** Tokens decoded before, in each sequence. */
  readonly length: number;
  /** `[batch · (past + step)]`, 0 = padding: of the past and of this step. */
  readonly mask: Uint8Array;
}

/**
 * The position of each token, `[batch · position]`: rows of the table where positions are added,
 * else plain numbers from 0. Given positions win over the family's rule.
 * @throws Failure `model.noPosition` for a position that the table lacks
 */
export function positionRows(
  tokens: TokenBatch,
  past: PastTokens,
  positions: PositionConfig,
  padToken: number | null,
): Int32Array {
  const offset = positions.kind === 'learned' ? positions.offset : 0;
  const numbering = positions.kind === 'learned' ? positions.numbering : 'index';
  let rows: Int32Array;
  // RoBERTa's position ids are rows of its table already.
  if (tokens.positions)
    rows = tokens.positions.map((one) => one + (numbering === 'notPadding' ? 0 : offset));
  else if (numbering === 'index') rows = byIndex(tokens, past.length + offset);
  else if (numbering === 'mask') rows = byMask(tokens, past, offset);
  else rows = byTokens(tokens, padToken, offset);
  const last =
    positions.kind === 'learned' || positions.kind === 'sinusoidal'
      ? positions.count + offset - 1
      : Number.POSITIVE_INFINITY;
  const outside = rows.find((row) => row < 0 || row > last);
  if (outside === undefined) return rows;
  throw new Failure('model.noPosition', { position: outside - offset, last: last - offset });
}

const byIndex = ({ ids, length }: TokenBatch, first: number): Int32Array =>
  ids.map((_, i) => first + (i % length));

/** Real tokens are counted; padding gets the number before 0. */
function byMask({ batch, length }: TokenBatch, past: PastTokens, offset: number): Int32Array {
  const whole = past.length + length;
  const rows = new Int32Array(batch * length);
  for (let row = 0; row < batch; row++) {
    const mask = past.mask.subarray(row * whole, (row + 1) * whole);
    let count = 0;
    for (const [i, real] of mask.entries()) {
      count += real;
      if (i >= past.length) rows[row * length + i - past.length] = offset + (real ? count - 1 : -1);
    }
  }
  return rows;
}

/** Tokens other than padding are counted, wherever padding stands; padding gets the number before 0. */
function byTokens(
  { ids, batch, length }: TokenBatch,
  padToken: number | null,
  offset: number,
): Int32Array {
  const rows = new Int32Array(batch * length);
  for (let row = 0; row < batch; row++) {
    let count = 0;
    for (let i = row * length; i < (row + 1) * length; i++)
      rows[i] = offset + (ids[i] === padToken ? -1 : count++);
  }
  return rows;
}
