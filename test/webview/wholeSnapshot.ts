import { readingStack } from '../../src/navigation/traceState';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import type { Fixture } from './fixture';

/** The finished run of a fixture, as the host remembers it. */
export function wholeSnapshot(fixture: Fixture, empty: TraceSnapshot): TraceSnapshot {
  const { plan, attention, written, prediction, output } = fixture;
  const stack = readingStack(plan);
  return {
    ...empty,
    plan,
    layers: attention[stack].map((_, layer) => ({ stack, layer })),
    written: [...written],
    prediction: prediction ?? null,
    outcome: 'complete',
    output,
    milliseconds: 1240,
  };
}
