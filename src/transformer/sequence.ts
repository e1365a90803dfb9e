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
  /** Kinds of token, `[batch · position]`; null: all 0. */
  readonly types: Int32Array | null;
  /** Positions, `[batch · position]`; null: by the rule of the family. */
  readonly positions: Int32Array | null;
}

type Rows = readonly (readonly number[])[];

/** What belongs to token ids; what is absent takes its default. */
export interface BatchExtras {
  readonly mask?: Rows | undefined;
  readonly types?: Rows | undefined;
  readonly positions?: Rows | undefined;
}

/** A batch of nested lists; all of one length. */
export function tokenBatch(rows: Rows, { mask, types, positions }: BatchExtras = {}): TokenBatch {
  const batch = rows.length;
  const length = rows[0]?.length ?? 0;
  return {
    batch,
    length,
    ids: Int32Array.from(rows.flat()),
    mask: mask ? Uint8Array.from(mask.flat()) : new Uint8Array(batch * length).fill(1),
    types: types ? Int32Array.from(types.flat()) : null,
    positions: positions ? Int32Array.from(positions.flat()) : null,
  };
}

/** What a stack can take. */
export interface TokenLimits {
  readonly vocabulary: number;
  /** Kinds of token; 0: none but 0. */
  readonly types: number;
  /** Longest sequence; null: any. */
  readonly positions: number | null;
}

/** Refuses ids outside the vocabulary and sequences beyond the positions before any tensor exists. */
export function checkTokens(batch: TokenBatch, limits: TokenLimits): void {
  const { vocabulary, types, positions } = limits;
  if (positions !== null && batch.length > positions) {
    throw new Failure('text.tooManyTokens', { tokens: batch.length, limit: positions });
  }
  for (const id of batch.ids) {
    if (!(id >= 0 && id < vocabulary)) {
      throw new Failure('model.noTokenId', { id, last: vocabulary - 1 });
    }
  }
  for (const type of batch.types ?? []) {
    if (!(type >= 0 && type < Math.max(1, types))) {
      throw new Failure('model.noTokenType', { type, last: Math.max(1, types) - 1 });
    }
  }
}
