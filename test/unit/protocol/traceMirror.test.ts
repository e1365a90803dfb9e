import assert from 'node:assert/strict';
import * as v from 'valibot';
import type { TraceEvent } from '../../../src/protocol/engineMessages';
import { traceSnapshotSchema } from '../../../src/protocol/traceSnapshot';
import { applyEvent, emptySnapshot } from '../../../src/protocol/traceMirror';
import { finished, plan, token } from '../host/fakeEngine';
import { written as wrote } from '../../support/writings';

const trace = 't';
const end = finished(trace);
const written = wrote(token('un'), { probability: 0.5 });
const run: TraceEvent[] = [
  { type: 'loading', trace, fraction: 0.5 },
  { type: 'planned', trace, plan },
  { type: 'layer', trace, layer: { stack: 'encoder', layer: 0 }, milliseconds: 1 },
  { type: 'layer', trace, layer: { stack: 'encoder', layer: 1 }, milliseconds: 1 },
  { type: 'token', trace, written, output: 'un' },
  end,
];

describe('trace mirror', () => {
  it('adds up a run', () => {
    const snapshot = run.reduce(applyEvent, emptySnapshot(trace, 'a.txt:1'));
    assert.deepEqual(snapshot, {
      trace,
      origin: 'a.txt:1',
      loading: null,
      plan,
      layers: [
        { stack: 'encoder', layer: 0 },
        { stack: 'encoder', layer: 1 },
      ],
      previewed: null,
      prediction: null,
      written: [written],
      search: null,
      outcome: 'complete',
      failure: null,
      output: 'un deux',
      milliseconds: 12,
    });
    assert.ok(v.safeParse(traceSnapshotSchema, snapshot).success);
  });

  it('keeps what the model says of the text', () => {
    const prediction = { task: 'maskedToken' as const, masks: [2] };
    const running = applyEvent(emptySnapshot(trace, ''), { type: 'predicted', trace, prediction });
    assert.deepEqual(running.prediction, prediction);
    assert.equal(
      applyEvent(running, { type: 'loading', trace, fraction: 1 }).prediction,
      prediction,
    );
  });

  it('shows loading until there is a plan', () => {
    const [loading, planned] = run;
    assert.ok(loading && planned);
    const before = applyEvent(emptySnapshot(trace, ''), loading);
    assert.equal(before.loading, 0.5);
    assert.equal(applyEvent(before, planned).loading, null);
  });

  it('is not moved by another trace, a picture, a layer seen before, or stragglers', () => {
    const whole = run.reduce(applyEvent, emptySnapshot(trace, ''));
    const half = run.slice(0, 3).reduce(applyEvent, emptySnapshot(trace, ''));
    const picture: TraceEvent = {
      type: 'picture',
      trace,
      layer: { stack: 'encoder', layer: 0 },
      picture: {
        heads: 1,
        rows: 0,
        columns: 0,
        queries: 0,
        keys: 0,
        maxima: [0],
        approximate: false,
        data: new ArrayBuffer(0),
      },
    };
    assert.equal(applyEvent(half, { ...end, trace: 'other' }), half);
    assert.equal(applyEvent(half, picture), half);
    assert.equal(applyEvent(half, run[2] as TraceEvent), half);
    assert.equal(applyEvent(whole, run[3] as TraceEvent), whole);
    assert.equal(applyEvent(whole, { ...end, outcome: 'cancelled' }), whole);
  });

  it('says so when the engine has dropped a finished trace', () => {
    const whole = run.reduce(applyEvent, emptySnapshot(trace, ''));
    const gone = applyEvent(whole, { type: 'evicted', trace });
    assert.equal(gone.outcome, 'failed');
    assert.equal(gone.failure?.code, 'trace.gone');
  });
});
