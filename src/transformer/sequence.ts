import { Failure } from '../failure/failure';

/** How `[batch · position, …]` rows fall into sequences. */
export interface SequenceShape {
  readonly batch: number;
  readonly length: number;
}

/** Token ids of equally long sequences, with a mask of the real (not padding) ones. */
export interface TokenBatch extends SequenceShape {
  /** `[batch · position]` */
  readonly ids: Int32Array;
  /** `[batch · position]`, 1 = a token, 0 = padding. */
  readonly mask: Uint8Array;
}

/** A batch of nested lists; all of one length. */
export function tokenBatch(
  rows: readonly (readonly number[])[],
  mask?: readonly (readonly number[])[],
): TokenBatch {
  const batch = rows.length;
  const length = rows[0]?.length ?? 0;
  return {
    batch,
    length,
    ids: Int32Array.from(rows.flat()),
    mask: mask ? Uint8Array.from(mask.flat()) : new Uint8Array(batch * length).fill(1),
  };
}

/** Refuses ids outside the vocabulary and sequences beyond the positions before any tensor exists. */
export function checkTokens(batch: TokenBatch, vocabulary: number, positions: number): void {
  if (batch.length > positions) {
    throw new Failure('text.tooManyTokens', { tokens: batch.length, limit: positions });
  }
  for (const id of batch.ids) {
    if (!(id >= 0 && id < vocabulary)) {
      throw new Failure('model.noTokenId', { id, last: vocabulary - 1 });
    }
  }
}
