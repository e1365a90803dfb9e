import type { TraceEvent } from './engineMessages';
import type { TraceSnapshot } from './traceSnapshot';
import { isSameLayer, withApproximate, withExact } from './previewed';
import type { TraceId } from './trace';

/** The record of a run that has just been asked for. */
export const emptySnapshot = (trace: TraceId, origin: string): TraceSnapshot => ({
  trace,
  origin,
  loading: null,
  plan: null,
  layers: [],
  previewed: null,
  prediction: null,
  written: [],
  search: null,
  outcome: null,
  failure: null,
  output: '',
  milliseconds: null,
});

/**
 * The small mirror of a trace that host and page each keep: what its events add up to, without
 * pictures and numbers.
 * Pure: returns a new snapshot, or the same one if the event changes nothing (another trace's, a
 * picture, a straggler after the end). It survives panel and engine alike.
 */
export function applyEvent(snapshot: TraceSnapshot, event: TraceEvent): TraceSnapshot {
  if (event.trace !== snapshot.trace) return snapshot;
  if (event.type === 'evicted')
    return { ...snapshot, outcome: 'failed', failure: { code: 'trace.gone', args: {} } };
  if (snapshot.outcome !== null) return snapshot;
  switch (event.type) {
    case 'loading':
      return { ...snapshot, loading: event.fraction };
    case 'planned':
      return { ...snapshot, loading: null, plan: event.plan };
    case 'previewed':
      return snapshot.layers.some((layer) => isSameLayer(layer, event.layer))
        ? snapshot
        : { ...snapshot, previewed: withApproximate(snapshot.previewed, event.layer) };
    case 'layer':
      return snapshot.layers.some((layer) => isSameLayer(layer, event.layer))
        ? snapshot
        : {
            ...snapshot,
            layers: [...snapshot.layers, event.layer],
            previewed: withExact(snapshot.previewed, event.layer, event.previewError),
          };
    case 'token':
      return { ...snapshot, written: [...snapshot.written, event.written], output: event.output };
    case 'searched':
      return {
        ...snapshot,
        search: {
          steps: [...(snapshot.search?.steps ?? []), event.step],
          hypotheses: snapshot.search?.hypotheses ?? [],
        },
      };
    case 'found':
      return {
        ...snapshot,
        search: { steps: snapshot.search?.steps ?? [], hypotheses: event.hypotheses },
      };
    case 'predicted':
      return { ...snapshot, prediction: event.prediction };
    case 'picture':
      return snapshot;
    case 'finished':
      return {
        ...snapshot,
        loading: null,
        outcome: event.outcome,
        failure: event.failure,
        output: event.output,
        milliseconds: event.milliseconds,
      };
  }
}
