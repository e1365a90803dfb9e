import type { WireFailure } from '../../failure/failure';
import type { TraceEvent } from '../../protocol/engineMessages';
import type { TraceSnapshot } from '../../protocol/traceSnapshot';

/** Nothing is in the engine's memory any more, so nothing is counted there. */
const NO_MEMORY = { tensors: 0, weights: 0, kept: 0, traceBytes: 0, traces: 0 };

/** What an engine would have said of a run that ended with it. */
export const failedEvent = (snapshot: TraceSnapshot, failure: WireFailure): TraceEvent => ({
  type: 'finished',
  trace: snapshot.trace,
  outcome: 'failed',
  failure,
  output: snapshot.output,
  milliseconds: 0,
  memory: NO_MEMORY,
});
