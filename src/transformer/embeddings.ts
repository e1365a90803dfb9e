import * as tf from '@tensorflow/tfjs-core';
import type { Linear } from './linear';
import type { Norm } from './normalization';
import { offer, type HookName, type Probe } from './probe';
import type { TokenBatch } from './sequence';
import { tableRows } from './tableRows';
import type { TokenTable } from './tokenTable';

export interface EmbeddingParts {
  readonly tokens: TokenTable;
  /** Factor on its vectors. */
  readonly scale: number;
  /** `[position, width]`, added; null: positions act elsewhere. */
  readonly positions: tf.Tensor2D | null;
  /** `[type, width]`, added. */
  readonly types: tf.Tensor2D | null;
  readonly norm: Norm | null;
  /** `[width, d_model]` where tables are narrower (or wider) than the stream. */
  readonly projection: Linear | null;
  /** OPT projects tokens before positions are added; the others project the normalised sum. */
  readonly projectsTokens: boolean;
}

/** Tokens as vectors: embeddings (sections 3.4 and 3.5), each part where its family adds it. */
export class Embeddings {
  constructor(private readonly parts: EmbeddingParts) {}

  get tokens(): TokenTable {
    return this.parts.tokens;
  }

  /** `[position, width]`, as added; null where positions are not added. */
  get positions(): tf.Tensor2D | null {
    return this.parts.positions;
  }

  /** What blocks read of tokens whose own vectors are zero, `[row, d_model]`; null: nothing is added. */
  positionsAlone(rows: Int32Array): tf.Tensor2D | null {
    const { positions, norm, projection, projectsTokens } = this.parts;
    if (!positions) return null;
    const gathered = tableRows(positions, rows);
    const x = norm ? norm.apply(gathered) : gathered;
    return projection && !projectsTokens ? projection.apply(x) : x;
  }

  /** The sum of a token's parts is normalised. */
  get normalises(): boolean {
    return this.parts.norm !== null;
  }

  /**
   * @param rows rows of the position table `[batch · position]`; null: none are added
   * @param prefix of the stack's hooks: `encoder.`
   * @returns `[batch · position, d_model]`
   */
  apply(batch: TokenBatch, rows: Int32Array | null, probe: Probe, prefix: HookName): tf.Tensor2D {
    const { tokens, scale, positions, types, norm, projection, projectsTokens } = this.parts;
    const see = (name: string, value: tf.Tensor2D): tf.Tensor2D =>
      offer(probe, `${prefix}${name}`, value, [batch.batch, batch.length, value.shape[1]]);
    const gathered = tokens.rows(batch.ids);
    const scaled = scale === 1 ? gathered : tf.mul<tf.Tensor2D>(gathered, scale);
    let x = see('embed', projection && projectsTokens ? projection.apply(scaled) : scaled);
    if (types) {
      const kinds = batch.types ?? new Int32Array(batch.ids.length);
      x = tf.add(x, see('type_embed', tableRows(types, kinds)));
    }
    if (positions && rows) x = tf.add(x, see('pos_embed', tableRows(positions, rows)));
    if (norm) x = norm.apply(x);
    return projection && !projectsTokens ? projection.apply(x) : x;
  }
}
