/** What a step of a generation computes, and what it takes from the cache. Pure. */
import { givenCount } from '../../../src/navigation/traceState';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';

/** Positions of the decoder: those that are reused, then those computed, then those that later steps will. */
export interface CacheSight {
  readonly reused: number;
  readonly computed: number;
  readonly later: number;
  readonly layers: number;
  /** Tokens of the encoder's output, whose keys and values cross-attention reads; null: no encoder. */
  readonly source: number | null;
}

/** Null: nothing is written yet. */
export function cacheSight(snapshot: TraceSnapshot, step: number | null): CacheSight | null {
  const { plan, written } = snapshot;
  if (plan === null || step === null) return null;
  const first = givenCount(snapshot);
  // The first step reads the whole prompt, but for what the text before began with as well.
  const reused = step === 0 ? (plan.reused ?? 0) : first + step - 1;
  return {
    reused,
    computed: first + step - reused,
    // The last token of all was written and is not read.
    later: written.length - 1 - step,
    layers: plan.model.layers.decoder,
    source: plan.model.architecture === 'encoderDecoder' ? plan.source.length : null,
  };
}

/** The step that computes a position. */
export const stepOfPosition = (snapshot: TraceSnapshot, position: number): number =>
  Math.max(0, position - givenCount(snapshot) + 1);
