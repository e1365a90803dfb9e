import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as v from 'valibot';
import type { TraceEvent } from '../../../src/protocol/engineMessages';
import { isSameLayer } from '../../../src/protocol/previewed';
import { traceSnapshotSchema } from '../../../src/protocol/traceSnapshot';
import { applyEvent, emptySnapshot } from '../../../src/protocol/traceMirror';
import { finished, plan, token } from '../../unit/host/fakeEngine';
import { written } from '../../support/writings';

const trace = fc.constantFrom('ours', 'other');
const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const layer = fc.tuple(fc.constantFrom('encoder', 'decoder', 'cross'), fc.nat({ max: 3 }));
const outcome = fc.constantFrom('complete', 'cancelled', 'failed');

const event: fc.Arbitrary<TraceEvent> = fc.oneof(
  fc.tuple(trace, layer).map(([id, [stack, index]]): TraceEvent => ({
    type: 'layer',
    trace: id,
    layer: { stack, layer: index },
    milliseconds: 1,
  })),
  fc.tuple(trace, layer).map(([id, [stack, index]]): TraceEvent => ({
    type: 'previewed',
    trace: id,
    layer: { stack, layer: index },
    milliseconds: 1,
  })),
  fc.tuple(trace, fc.string(), fraction).map(([id, label, probability]): TraceEvent => ({
    type: 'token',
    trace: id,
    written: written(token(label), { probability }),
    output: label,
  })),
  fc
    .tuple(trace, fraction)
    .map(([id, read]): TraceEvent => ({ type: 'loading', trace: id, fraction: read })),
  trace.map((id): TraceEvent => ({ type: 'planned', trace: id, plan })),
  fc.tuple(trace, outcome).map(([id, how]): TraceEvent => finished(id, how)),
  trace.map((id): TraceEvent => ({ type: 'evicted', trace: id })),
);

const upToEnd = (events: readonly TraceEvent[]): readonly TraceEvent[] => {
  const end = events.findIndex(({ type }) => type === 'finished' || type === 'evicted');
  return end < 0 ? events : events.slice(0, end + 1);
};

describe('trace mirror, whatever the engine sends', () => {
  it('is a valid snapshot of the events of its own trace up to the end', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const snapshot = events.reduce(applyEvent, emptySnapshot('ours', 'a'));
        assert.ok(v.safeParse(traceSnapshotSchema, snapshot).success);
        const ours = upToEnd(events.filter((one) => one.trace === 'ours'));
        const written = ours.flatMap((one) => (one.type === 'token' ? [one.written] : []));
        assert.deepEqual(snapshot.written, written);
        const layers = ours.flatMap((one) => (one.type === 'layer' ? [one.layer] : []));
        assert.deepEqual(
          new Set(snapshot.layers.map((one) => `${one.stack} ${one.layer}`)),
          new Set(layers.map((one) => `${one.stack} ${one.layer}`)),
        );
        assert.equal(
          snapshot.layers.length,
          new Set(layers.map((one) => `${one.stack} ${one.layer}`)).size,
        );
        const approximate = snapshot.previewed?.approximate ?? [];
        assert.ok(
          !approximate.some((one) => snapshot.layers.some((exact) => isSameLayer(one, exact))),
        );
        const previewed = ours.flatMap((one) => (one.type === 'previewed' ? [one.layer] : []));
        for (const one of previewed)
          assert.ok([...approximate, ...snapshot.layers].some((known) => isSameLayer(one, known)));
        const ended = ours.some(({ type }) => type === 'finished' || type === 'evicted');
        assert.equal(snapshot.outcome !== null, ended);
      }),
    );
  });

  it('never changes a snapshot that somebody holds', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        let snapshot = emptySnapshot('ours', 'a');
        for (const one of events) {
          const before = structuredClone(snapshot);
          const after = applyEvent(snapshot, one);
          assert.deepEqual(snapshot, before);
          snapshot = after;
        }
      }),
    );
  });
});
