import assert from 'node:assert/strict';
import { initialNavigation, type Navigation } from '../../../src/protocol/navigation';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import type { Token } from '../../../src/protocol/trace';
import { describeDimension, firstDimensions } from '../../../webview/positions/dimensions';
import { Latest } from '../../../webview/inspector/latest';
import {
  atNewestLayer,
  choosing,
  isComputed,
  isUntouched,
  leavesMatrix,
  rowAddress,
  settle,
} from '../../../src/navigation/navigationRules';
import { applyEvent, emptySnapshot } from '../../../src/protocol/traceMirror';
import { readCount, tokensOf } from '../../../src/navigation/traceState';
import { modelOf, planWith, tokenOf } from '../../support/traceParts';
import { written as wrote } from '../../support/writings';

const token = (label: string, special = false): Token => tokenOf(label, { special });
const plan = planWith({
  model: modelOf({ layers: { encoder: 3, decoder: 2 }, heads: { encoder: 4, decoder: 2 } }),
  text: 'a b c',
  source: [token('>>fra<<', true), token('a'), token('b'), token('c'), token('</s>', true)],
  target: [token('<pad>', true)],
});
const empty = emptySnapshot('t', '');
const written = (label: string): TraceSnapshot['written'][number] => wrote(token(label));
const planned = applyEvent(empty, { type: 'planned', trace: 't', plan });
const done: TraceSnapshot = {
  ...planned,
  layers: [0, 1, 2].map((layer) => ({ stack: 'encoder' as const, layer })),
  written: [written('x'), written('y')],
  outcome: 'complete',
};

describe('navigation', () => {
  it('goes along with the deepest encoder layer there is', () => {
    assert.equal(atNewestLayer(initialNavigation, planned).layer, 0);
    assert.equal(atNewestLayer(initialNavigation, done).layer, 2);
    assert.ok(isUntouched(initialNavigation));
    assert.ok(leavesMatrix(initialNavigation, { ...initialNavigation, head: 3 }));
    assert.ok(!leavesMatrix(initialNavigation, { ...initialNavigation, hideSpecials: true }));
  });

  it('begins with the middle ordinary token', () => {
    assert.deepEqual(settle(initialNavigation, planned), {
      ...initialNavigation,
      layer: 0,
      token: { side: 'source', index: 2, locked: false },
    });
  });

  it('leaves a choice of the reader alone', () => {
    const chosen: Navigation = {
      ...initialNavigation,
      layer: 0,
      head: 1,
      token: { side: 'source', index: 1, locked: true },
    };
    assert.deepEqual(settle(chosen, done), chosen);
  });

  it('brings layers and heads into bounds, and means of layers to means of heads', () => {
    const far: Navigation = {
      ...initialNavigation,
      stack: 'cross',
      layer: 7,
      head: 3,
      token: { side: 'target', index: 1, locked: false },
    };
    const settled = settle(far, done);
    assert.deepEqual([settled.layer, settled.head], [1, 1]);
    assert.equal(settle({ ...far, layer: 'mean' }, done).head, 'mean');
  });

  it('goes to cross-attention when a token of the other side is chosen', () => {
    const output = choosing(initialNavigation, done, { side: 'target', index: 1 }, true);
    assert.deepEqual([output.stack, output.direction], ['cross', 'looksAt']);
    const source = choosing(output, done, { side: 'source', index: 1 }, true);
    assert.deepEqual([source.stack, source.direction], ['cross', 'lookedAt']);
    assert.equal(
      choosing({ ...initialNavigation, stack: 'decoder' }, done, { side: 'target', index: 1 }, true)
        .stack,
      'decoder',
    );
  });

  it('asks for no row before it exists', () => {
    const waiting = settle({ ...initialNavigation, layer: 2 }, planned);
    assert.equal(isComputed(waiting, planned), false);
    assert.equal(rowAddress(waiting, planned, null), null);
    assert.deepEqual(rowAddress(waiting, done, null), {
      stack: 'encoder',
      layer: 2,
      head: 'mean',
      hideSpecials: false,
      unit: 'token',
      direction: 'looksAt',
      token: 2,
    });
    assert.equal(rowAddress(waiting, done, { side: 'source', index: 3 })?.token, 3);
  });

  it('knows that the last token written is never read', () => {
    assert.equal(tokensOf(done, 'target').length, 3);
    assert.equal(readCount(done, 'target'), 2);
    assert.equal(
      rowAddress(
        { ...initialNavigation, stack: 'cross', token: { side: 'target', index: 2, locked: true } },
        done,
        null,
      ),
      null,
    );
  });

  it('asks for no row of a hidden token', () => {
    assert.equal(
      rowAddress(
        {
          ...initialNavigation,
          hideSpecials: true,
          token: { side: 'source', index: 0, locked: true },
        },
        done,
        null,
      ),
      null,
    );
  });
});

describe('latest question', () => {
  const wire = (value: number) => ({ shape: [1], data: Float32Array.of(value).buffer });
  const question = (origin: number) => ({ side: 'source' as const, origin });

  function asked() {
    const waiting: { origin: number; answer: (value: number) => void; signal: AbortSignal }[] = [];
    let changes = 0;
    const latest = new Latest<'positionCurve'>(
      ({ origin }, signal) =>
        new Promise((resolve) =>
          waiting.push({ origin, signal, answer: (value) => resolve(wire(value)) }),
        ),
      () => changes++,
    );
    return { waiting, latest, changes: () => changes };
  }
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('drops the answer to a question that was superseded', async () => {
    const { waiting, latest, changes } = asked();
    latest.want(question(1));
    latest.want(question(2));
    assert.equal(waiting[0]?.signal.aborted, true);
    waiting[1]?.answer(2);
    waiting[0]?.answer(1);
    await settled();
    assert.equal(changes(), 1);
    assert.deepEqual(latest.known.answered, question(2));
  });

  it('keeps the last answer on screen while the next is on its way', async () => {
    const { waiting, latest } = asked();
    latest.want(question(1));
    waiting[0]?.answer(1);
    await settled();
    latest.want(question(2));
    assert.deepEqual([latest.known.answered, latest.known.fresh], [question(1), false]);
  });

  it('asks again once when the trace grew while a question was out', async () => {
    const { waiting, latest } = asked();
    latest.want(question(1));
    latest.refresh();
    latest.refresh();
    assert.equal(waiting.length, 1);
    waiting[0]?.answer(1);
    await settled();
    assert.equal(waiting.length, 2);
  });

  it('asks the same thing only once', () => {
    const { waiting, latest } = asked();
    latest.want(question(1));
    latest.want(question(1));
    assert.equal(waiting.length, 1);
  });
});

describe('dimensions', () => {
  it('are told apart by layout', () => {
    assert.deepEqual(describeDimension(1, 8, 'interleaved'), {
      wave: 'cos',
      wavelength: 2 * Math.PI,
    });
    assert.deepEqual(describeDimension(5, 8, 'halves'), {
      wave: 'cos',
      wavelength: 2 * Math.PI * 10,
    });
    assert.deepEqual(firstDimensions(256, 'halves'), [0, 8, 16, 32]);
    assert.deepEqual(firstDimensions(256, 'interleaved'), [0, 16, 32, 64]);
  });
});
